import net from 'node:net';
import { bareHost } from '@/lib/addresses';

/** The authentication that a registry requires: a parsed `WWW-Authenticate` header. */
export type Challenge =
  { scheme: 'basic' } | { scheme: 'bearer'; realm: URL; service?: string; scope?: string };

const parameter = /([a-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/gi;

/** Null for unknown schemes. Bearer is preferred, as by Docker's own clients. */
export function parseChallenge(header: string | undefined): Challenge | null {
  if (!header) return null;
  const bearer = /(?:^|,)\s*bearer\s+(.*)$/is.exec(header);
  if (bearer) {
    const values = new Map<string, string>();
    for (const [, key = '', quoted, bare] of bearer[1]!.matchAll(parameter))
      values.set(key.toLowerCase(), quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '');
    const realm = values.get('realm');
    if (realm && URL.canParse(realm))
      return {
        scheme: 'bearer',
        realm: new URL(realm),
        service: values.get('service'),
        scope: values.get('scope'),
      };
  }
  return /(?:^|,)\s*basic(?:\s|$)/i.test(header) ? { scheme: 'basic' } : null;
}

/** Every token server that a header names: another client may choose another one than `parseChallenge`. */
export function realmsIn(header: string | undefined): URL[] {
  if (!header || !/\bbearer\b/i.test(header)) return [];
  return [...header.matchAll(parameter)].flatMap(([, key = '', quoted, bare]) => {
    const value = quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '';
    return key.toLowerCase() === 'realm' && URL.canParse(value) ? [new URL(value)] : [];
  });
}

/** Public suffixes with two parts. Not the whole list: see mayAskRealm. */
const secondLevelSuffixes = /^(?:com?|net|org|edu|gov|ac|ne|or|go|gob|nom)\.[a-z]{2}$/;

/** The domain that belongs to one owner, as far as the name tells; null for an address. */
function ownerOf(hostname: string): string | null {
  if (net.isIP(bareHost(hostname)) || !hostname.includes('.')) return null;
  const parent = hostname.slice(hostname.indexOf('.') + 1);
  return parent.includes('.') && !secondLevelSuffixes.test(parent) ? parent : hostname;
}

/**
 * Whether the registry's login may be sent to its token server: the same host, or by https a host of the same owner
 * (registry-1.docker.io and auth.docker.io). A registry must not make this server send requests, with or without a
 * password, to other hosts.
 */
export function mayAskRealm(realm: URL, registry: URL): boolean {
  if (realm.username || realm.password) return false;
  if (realm.protocol !== 'https:' && !(realm.protocol === 'http:' && registry.protocol === 'http:'))
    return false;
  const [asked, own] = [realm.hostname.toLowerCase(), registry.hostname.toLowerCase()];
  if (asked === own) return true;
  const owner = ownerOf(own);
  return realm.protocol === 'https:' && owner !== null && (asked === owner || asked.endsWith(`.${owner}`));
}
