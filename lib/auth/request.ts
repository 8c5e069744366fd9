import 'server-only';
import { isIP } from 'node:net';
import { BlockList } from 'node:net';
import { env, type Env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { remember } from '@/lib/remember';
import { peerHeader } from './peer';

type HeaderReader = Pick<Headers, 'get'>;

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

/** The accepted Host values. A name without a port is valid for the server's port and the default port. */
export function allowedHosts({ port, allowedHosts: extra }: Pick<Env, 'port' | 'allowedHosts'>): Set<string> {
  const withPort = (name: string) => `${name}:${port}`;
  const bare = port === 80 ? loopbackNames : [];
  const named = extra.flatMap((host) => (/:\d+$/.test(host) ? [host] : [host, withPort(host)]));
  return new Set([...loopbackNames.map(withPort), ...bare, ...named]);
}

const hostsOfProcess = () => remember('allowed-hosts', () => allowedHosts(env()));

/** Prevents DNS rebinding: a page of another site whose name resolves to this server still sends its own name. */
export function checkHost(headers: HeaderReader, hosts = hostsOfProcess()): string {
  const host = headers.get('host')?.toLowerCase() ?? '';
  if (hosts.has(host)) return host;
  throw new AppError('misdirected', undefined, {
    hint: 'If this name is correct, add it to LAYERWRIGHT_ALLOWED_HOSTS and restart the server.',
  });
}

const refuse = (hint: string) =>
  new AppError('forbidden', 'This request did not come from this site. Nothing was changed.', { hint });

/** Accepts a browser's request only from our own pages: same scheme, host and port. */
export function checkOrigin(headers: HeaderReader, method: string, host: string, https = env().https): void {
  const site = headers.get('sec-fetch-site');
  if (site && site !== 'same-origin' && site !== 'none') throw refuse('Open the page itself and try again.');
  if (method === 'GET' || method === 'HEAD') return;
  const origin = headers.get('origin');
  if (origin === null) {
    // Not a browser; but a request with a cookie and without Origin is a browser that hides its origin.
    if (headers.get('cookie')) throw refuse('The browser did not send an Origin.');
    return;
  }
  const loopback = loopbackNames.some((name) => host === name || host.startsWith(`${name}:`));
  const ours = https ? [`https://${host}`] : [`http://${host}`];
  if (https && loopback) ours.push(`http://${host}`);
  if (!ours.includes(origin.toLowerCase()))
    throw refuse(
      'Behind a proxy: it must keep the Host header, and LAYERWRIGHT_HTTPS must say whether it speaks https.',
    );
}

const trusted = () =>
  remember('trusted-proxies', () => {
    const list = new BlockList();
    for (const entry of env().trustedProxies) {
      const [address = '', bits] = entry.split('/');
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
      if (bits === undefined) list.addAddress(address, family);
      else list.addSubnet(address, Number(bits), family);
    }
    return list;
  });

const plain = (address: string) => address.trim().replace(/^::ffff:(?=\d+\.)/i, '');

/**
 * The client's address; `unknown` if it cannot be determined. X-Forwarded-For counts only as far as trusted proxies
 * wrote it.
 */
export function clientAddress(headers: HeaderReader, proxies = trusted()): string {
  let address = plain(headers.get(peerHeader()) ?? '');
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').map(plain).filter(Boolean);
  while (isIP(address) && proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')) {
    const next = hops.pop();
    if (!next || !isIP(next)) break;
    address = next;
  }
  return isIP(address) ? address : 'unknown';
}
