import type { PortHosts } from '@/lib/containers/choices';
import type { ContainerPort } from '@/lib/engine/containers/types';
import { isLoopbackHost } from '@/lib/references/host';

/** The URL of a published port for this browser; null if it is not reached from here or does not speak HTTP. */
export function portHref(
  { outside, address, protocol, inside }: ContainerPort,
  { published, page }: PortHosts,
): string | null {
  if (outside === null || protocol !== 'tcp') return null;
  const onLoopback = isLoopbackHost(address);
  if (onLoopback && !isLoopbackHost(published ?? '')) return null;
  const host = address && !onLoopback ? address : published;
  if (host === null || host === page) return null;
  const at = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  const scheme = [443, 8443].includes(inside) ? 'https' : 'http';
  return `${scheme}://${at}:${outside}/`;
}

export const portText = ({ outside, inside, protocol, address }: ContainerPort): string => {
  const from = outside === null ? '' : `${address ? `${address}:` : ''}${outside} → `;
  return `${from}${inside}${protocol === 'tcp' ? '' : `/${protocol}`}`;
};
