import type { ContainerPort } from '@/lib/engine/containers/types';

const isLoopback = (host: string) => /^(localhost|127\.|\[?::1\]?$)/.test(host);

/** The URL of a published port for this browser; null if it cannot be reached or does not speak HTTP. */
export function portHref({ outside, address, protocol, inside }: ContainerPort, host: string): string | null {
  if (outside === null || protocol !== 'tcp') return null;
  if (isLoopback(address) && !isLoopback(host)) return null;
  const named = address && !isLoopback(address) ? address : host;
  const at = named.includes(':') && !named.startsWith('[') ? `[${named}]` : named;
  const scheme = [443, 8443].includes(inside) ? 'https' : 'http';
  return `${scheme}://${at}:${outside}/`;
}

export const portText = ({ outside, inside, protocol, address }: ContainerPort): string => {
  const from = outside === null ? '' : `${address ? `${address}:` : ''}${outside} → `;
  return `${from}${inside}${protocol === 'tcp' ? '' : `/${protocol}`}`;
};
