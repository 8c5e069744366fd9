import 'server-only';
import dns from 'node:dns/promises';
import net from 'node:net';
import { addressTest, bareHost, isNeverContacted } from '@/lib/addresses';
import { AppError } from '@/lib/errors';
import type { GitAddress, GitSettings } from './schema';

/** This machine and networks that are not the internet. */
const isInternal = addressTest([
  ['127.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['::1', 128, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  // Ways to write an IPv4 address in IPv6: what they lead to is not looked into.
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['2001::', 32, 'ipv6'],
]);

type AddressClass = 'public' | 'internal' | 'never';

export function classify(address: string): AddressClass {
  if (isNeverContacted(address)) return 'never';
  return isInternal(address) ? 'internal' : 'public';
}

const refused = (host: string, address: string, hint: string) => {
  const message =
    host === address
      ? `${address} is not an allowed address.`
      : `${host} resolves to ${address}, which is not allowed.`;
  return new AppError('invalid_input', message, { hint, fields: { url: message } });
};

function requireListed(host: string, { hosts }: GitSettings): void {
  if (hosts.length === 0 || hosts.includes(host)) return;
  const message = `${bareHost(host)} is not an allowed server.`;
  throw new AppError('invalid_input', message, {
    hint: 'An administrator can allow it in the settings.',
    fields: { url: message },
  });
}

/** How a repository's server is reached: at one address that was looked at, or through the proxy. */
type GitRoute = { via: 'address'; address: string } | { via: 'proxy'; proxy: string };

/**
 * The way to a repository's server, where it may be gone. A proxy looks names up by itself, so that there the list of
 * servers is what holds, and no address is looked at but one that is written as such.
 */
export async function findGitRoute(
  { protocol, host }: Pick<GitAddress, 'protocol' | 'host'>,
  settings: GitSettings,
): Promise<GitRoute> {
  requireListed(host, settings);
  if (protocol === 'https' && settings.proxy) {
    if (net.isIP(bareHost(host))) await resolveGitHost(host, settings.privateAddresses);
    return { via: 'proxy', proxy: settings.proxy };
  }
  const found = await resolveGitHost(host, settings.privateAddresses);
  if (protocol === 'http' && found.class !== 'internal')
    throw new AppError('invalid_input', 'Plain HTTP is only allowed for private networks.', {
      hint: 'Enter the HTTPS URL.',
      fields: { url: 'Enter an HTTPS URL: plain HTTP is only allowed for private networks.' },
    });
  return { via: 'address', address: found.address };
}

/**
 * Looks a host up once, and gives the one address that is then connected to, whatever the name server says the next time.
 * Every address of the name has to be allowed: which of them would be taken is chance.
 */
export async function resolveGitHost(
  host: string,
  allowInternal: boolean,
): Promise<{ address: string; class: AddressClass }> {
  const bare = bareHost(host);
  const found = await dns.lookup(bare, { all: true, verbatim: true }).catch((cause: unknown) => {
    const message = `Cannot resolve ${bare}.`;
    throw new AppError('invalid_input', message, {
      hint: 'Check the spelling and the DNS settings of the server.',
      fields: { url: message },
      cause,
    });
  });
  for (const { address } of found) {
    const kind = classify(address);
    if (kind === 'never')
      throw refused(bare, address, 'Link-local, multicast and unspecified addresses are never contacted.');
    if (kind === 'internal' && !allowInternal)
      throw refused(
        bare,
        address,
        'An administrator can allow addresses of private networks and of this machine in the settings.',
      );
  }
  const first = found.find(({ family }) => family === 4) ?? found[0]!;
  return { address: first.address, class: classify(first.address) };
}
