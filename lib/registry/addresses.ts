import 'server-only';
import dns from 'node:dns/promises';
import net from 'node:net';
import { AppError } from '@/lib/errors';

export interface Resolved {
  addresses: { address: string; family: number }[];
  /** All addresses are of this machine: others cannot intercept the connection. */
  loopback: boolean;
}

/** Clouds provide machine credentials at link-local addresses, and no registry is there. */
const refused = new net.BlockList();
refused.addSubnet('169.254.0.0', 16, 'ipv4');
refused.addSubnet('0.0.0.0', 8, 'ipv4');
refused.addSubnet('224.0.0.0', 3, 'ipv4');
refused.addSubnet('fe80::', 10, 'ipv6');
refused.addSubnet('ff00::', 8, 'ipv6');
refused.addAddress('::', 'ipv6');
refused.addAddress('fd00:ec2::254', 'ipv6');

const loopback = new net.BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const typeOf = (family: number) => (family === 6 ? 'ipv6' : 'ipv4');

/**
 * Resolves the name once; the connection uses only these addresses, to prevent DNS rebinding. An unknown name throws
 * the system's error.
 */
export async function resolveHost(hostname: string): Promise<Resolved> {
  const addresses = await dns.lookup(hostname.replace(/^\[|\]$/g, ''), { all: true, verbatim: true });
  // BlockList applies IPv4 rules to mapped addresses (::ffff:169.254.0.1), too.
  const bad = addresses.find(({ address, family }) => refused.check(address, typeOf(family)));
  if (bad) {
    throw new AppError(
      'registry_unreachable',
      `${hostname} is ${bad.address}, which is not a valid registry address.`,
      {
        hint: 'Link-local, multicast and unspecified addresses are never contacted.',
      },
    );
  }
  return {
    addresses,
    loopback: addresses.every(({ address, family }) => loopback.check(address, typeOf(family))),
  };
}
