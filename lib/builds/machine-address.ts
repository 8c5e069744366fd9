import 'server-only';
import dns from 'node:dns/promises';
import net from 'node:net';
import { networkInterfaces } from 'node:os';
import { classify } from '@/lib/projects/git/addresses';

const loopback = new net.BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

function isOfMachine(address: string): boolean {
  const type = net.isIP(address) === 6 ? 'ipv6' : 'ipv4';
  const own = new net.BlockList();
  for (const { address: one, family } of Object.values(networkInterfaces()).flatMap((list) => list ?? []))
    own.addAddress(one, family === 'IPv6' ? 'ipv6' : 'ipv4');
  return classify(address) === 'never' || loopback.check(address, type) || own.check(address, type);
}

/**
 * The address by which a host leads to this machine, or to what only machines reach (link-local: a cloud's metadata);
 * null for others, and for a name that nobody knows. What is no host is returned as it is.
 */
export async function machineAddress(host: string): Promise<string | null> {
  const bare = host.replace(/^\[|\]$/g, '');
  if (!/^[\w.:-]+$/.test(bare)) return bare;
  const found = await dns.lookup(bare, { all: true, verbatim: true }).catch(() => []);
  return found.find(({ address }) => isOfMachine(address))?.address ?? null;
}
