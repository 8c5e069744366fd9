import type { ContainerPort } from './types';

export const portKey = ({ inside, protocol }: ContainerPort): string => `${inside}/${protocol}`;

/** The engine's `PortBindings`. */
type PortBindings = Record<string, { HostIp: string; HostPort: string }[] | null | undefined>;

export function portBindings(ports: readonly ContainerPort[]): PortBindings {
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const port of ports) {
    const place = { HostIp: port.address, HostPort: port.outside === null ? '' : String(port.outside) };
    (bindings[portKey(port)] ??= []).push(place);
  }
  return bindings;
}

export const protocolOf = (word: string): ContainerPort['protocol'] =>
  word === 'udp' || word === 'sctp' ? word : 'tcp';

const everywhere = new Set(['', '0.0.0.0', '::']);

/** A port that is published on IPv4 and on IPv6 is shown once. */
export function orderPorts(ports: readonly ContainerPort[]): ContainerPort[] {
  const seen = new Map<string, ContainerPort>();
  for (const port of ports) {
    const address = everywhere.has(port.address) ? '' : port.address;
    seen.set(`${portKey(port)} ${address} ${port.outside}`, { ...port, address });
  }
  return [...seen.values()].toSorted((a, b) => a.inside - b.inside || (a.outside ?? 0) - (b.outside ?? 0));
}

/** The ports published now, or, if the container does not run, those of its configuration. */
export function portsOf(
  now: PortBindings | null | undefined,
  planned: PortBindings | null | undefined,
  exposed: readonly string[],
): ContainerPort[] {
  const shown = now && Object.keys(now).length > 0 ? now : (planned ?? {});
  const ports = [...new Set([...Object.keys(shown), ...exposed])].flatMap((key) => {
    const [inside = '', protocol = 'tcp'] = key.split('/');
    const base = { inside: Number(inside), protocol: protocolOf(protocol) };
    const places = shown[key] ?? [];
    if (!Number.isInteger(base.inside)) return [];
    if (places.length === 0) return [{ ...base, outside: null, address: '' }];
    return places.map(({ HostIp, HostPort }) => ({
      ...base,
      outside: Number(HostPort) || null,
      address: HostIp,
    }));
  });
  return orderPorts(ports);
}
