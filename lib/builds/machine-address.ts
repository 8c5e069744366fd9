import 'server-only';
import dns from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import { addressTest, bareHost, isLoopback, isNeverContacted } from '@/lib/addresses';

function isOfMachine(address: string): boolean {
  if (isNeverContacted(address) || isLoopback(address)) return true;
  const own = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addressTest(
    own.map((one) => (one.family === 'IPv6' ? [one.address, 128, 'ipv6'] : [one.address, 32, 'ipv4'])),
  )(address);
}

/**
 * The address by which a host leads to this machine, or to what only machines reach (link-local: a cloud's metadata);
 * null for others, and for a name that nobody knows. What is no host is returned as it is.
 */
export async function machineAddress(host: string): Promise<string | null> {
  const bare = bareHost(host);
  if (!/^[\w.:-]+$/.test(bare)) return bare;
  const found = await dns.lookup(bare, { all: true, verbatim: true }).catch(() => []);
  return found.find(({ address }) => isOfMachine(address))?.address ?? null;
}
