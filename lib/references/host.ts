import { hostGrammar } from './grammar';
import { defaultHost } from './reference';

type ParsedHost =
  | {
      ok: true;
      host: string;
      /** Protocol of a pasted URL. */
      scheme?: 'https' | 'http';
      /** Explanation of how the text was interpreted, if that is not obvious. */
      note?: string;
    }
  | { ok: false; reason: string };

/** Aliases of Docker Hub; credentials and references use the first. */
const hubHosts = new Set([
  defaultHost,
  'index.docker.io',
  'registry-1.docker.io',
  'registry.hub.docker.com',
  'hub.docker.com',
]);

/** The normalized host: lower case, with one name for the Hub. */
export function normaliseHost(host: string): string {
  const lower = host.toLowerCase();
  return hubHosts.has(lower) ? defaultHost : lower;
}

/** Whether Docker treats a first component as a host; `registry` alone would be a repository on the Hub. */
const readsAsHost = (host: string): boolean => host === 'localhost' || /[.:]/.test(host);

/** Parses a registry address: `host[:port]`, or a pasted URL or reference. */
export function parseHost(text: string): ParsedHost {
  const trimmed = text.trim();
  if (trimmed === '')
    return { ok: false, reason: 'Write the host of the registry, for example registry-host:5000.' };
  const match = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/?#]*)(.*)$/is.exec(trimmed)!;
  const [, scheme, authority = '', rest = ''] = match;
  const protocol = scheme?.toLowerCase();
  if (protocol !== undefined && protocol !== 'https' && protocol !== 'http')
    return {
      ok: false,
      reason: `"${protocol}://" is not how a registry is reached: leave it out, or use https://.`,
    };
  if (authority.includes('@'))
    return {
      ok: false,
      reason: 'Leave out the user name and password: they have their own fields.',
    };
  const host = normaliseHost(authority);
  const reason = checkHost(host);
  if (reason) return { ok: false, reason };
  const left = rest.replace(/\/+$/, '');
  const dropped = [protocol && `${protocol}://`, left].filter(Boolean).join(' and ');
  return {
    ok: true,
    host,
    ...(protocol && { scheme: protocol }),
    ...((dropped || host !== authority) && {
      note: dropped ? `Read as ${host}: ${dropped} is no part of the host.` : `Read as ${host}.`,
    }),
  };
}

function checkHost(host: string): string | null {
  if (!hostGrammar.test(host)) {
    const bad = /[^a-z0-9.:[\]-]/.exec(host);
    if (bad)
      return `"${bad[0]}" cannot be part of a host; it is a name or address with an optional port, as in registry-host:5000.`;
    if (host.split(':').length > 2 && !host.startsWith('['))
      return 'Write an IPv6 address in square brackets, as in [2001:db8::7]:5000.';
    return `"${host}" is not a host with an optional port, as in registry-host:5000.`;
  }
  const port = /:([0-9]+)$/.exec(host.replace(/^\[.*\]/, ''))?.[1];
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65535))
    return `The port must be between 1 and 65535, not ${port}.`;
  if (host.length > 255) return 'A host has at most 255 characters.';
  if (!readsAsHost(host))
    return `Docker would read "${host}/image" as an image on the Hub: add the port (${host}:443 or ${host}:5000) or the whole domain.`;
  return null;
}

/** Names and addresses that a machine has for itself only; `[::1]` with or without brackets. RFC 6761, 6.3. */
export const isLoopbackHost = (host: string): boolean =>
  /^(?:(?:.*\.)?localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/i.test(host);
