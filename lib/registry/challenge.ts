import net from 'node:net';

/** How a registry wants to be signed in to: a `WWW-Authenticate` header, read. */
export type Challenge =
  { scheme: 'basic' } | { scheme: 'bearer'; realm: URL; service?: string; scope?: string };

const parameter = /([a-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/gi;

/** Null where there is none that we know. Bearer is preferred: so do Docker's own clients. */
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

/** The few endings below which names are sold, among those with two parts. Not the whole list: see mayAskRealm. */
const soldBelow = /^(?:com?|net|org|edu|gov|ac|ne|or|go|gob|nom)\.[a-z]{2}$/;

/** The name below which everything belongs to the same owner, as far as a name tells; null for an address. */
function ownerOf(hostname: string): string | null {
  if (net.isIP(hostname.replace(/^\[|\]$/g, '')) || !hostname.includes('.')) return null;
  const parent = hostname.slice(hostname.indexOf('.') + 1);
  return parent.includes('.') && !soldBelow.test(parent) ? parent : hostname;
}

/**
 * Whether a login of the registry may go to the address where it says that tokens are: to itself, or by https to a host
 * of the same owner (registry-1.docker.io and auth.docker.io). What a registry says must not have us ask, with or
 * without a password, whoever else it likes.
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
