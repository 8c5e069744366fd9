import 'server-only';
import dns from 'node:dns/promises';
import { bareHost, isLoopback, isNeverContacted } from '@/lib/addresses';
import { AppError } from '@/lib/errors';

export interface Resolved {
  addresses: { address: string; family: number }[];
  /** All addresses are of this machine: others cannot intercept the connection. */
  loopback: boolean;
}

/**
 * Resolves the name once; the connection uses only these addresses, to prevent DNS rebinding. An unknown name throws
 * the system's error.
 */
export async function resolveHost(hostname: string): Promise<Resolved> {
  const addresses = await dns.lookup(bareHost(hostname), { all: true, verbatim: true });
  const bad = addresses.find(({ address }) => isNeverContacted(address));
  if (bad) {
    throw new AppError(
      'registry_unreachable',
      `${hostname} is ${bad.address}, which is not a valid registry address.`,
      {
        hint: 'Link-local, multicast and unspecified addresses are never contacted.',
      },
    );
  }
  return { addresses, loopback: addresses.every(({ address }) => isLoopback(address)) };
}
