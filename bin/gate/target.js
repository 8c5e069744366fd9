// @ts-check
/** The target of a request: parsed strictly and encoded again, so that the engine cannot read it differently. */
import { Refused } from './refused.js';

/** API versions from 1.24 on. Before it, `start` took a whole configuration of a container. */
const version = /^\/v1\.(2[4-9]|[3-9]\d)(?=\/)/;

/** What a segment may have, when it is encoded, and when it is decoded. */
const encoded = /^[A-Za-z0-9_.~%:@+-]+$/;
const decoded = /^[A-Za-z0-9_.~:@+-]+$/;

/** @param {string} segment */
function decode(segment) {
  const plain = encoded.test(segment) ? decodeURIComponent(segment) : '';
  if (!decoded.test(plain) || plain === '.' || plain === '..')
    throw new Refused('its path is not one of the Engine API', 400);
  return plain;
}

/**
 * @param {string} target as in the request line
 * @returns {{ version: string, path: string, query: import('./build.js').Query }} path: decoded
 */
export function parseTarget(target) {
  const [whole = '', query = '', ...more] = target.split('?');
  const found = version.exec(whole)?.[0] ?? '';
  const rest = whole.slice(found.length);
  if (more.length > 0 || !rest.startsWith('/') || /[^\x21-\x7e]/.test(target))
    throw new Refused('its path is not one of the Engine API', 400);
  try {
    const path = rest.slice(1).split('/').map(decode).join('/');
    return { version: found, path: `/${path}`, query: [...new URLSearchParams(query)] };
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused('its path is not one of the Engine API', 400); // broken percent encoding
  }
}

/** @param {{ version: string, path: string, query: import('./build.js').Query }} target */
export function formatTarget({ version, path, query }) {
  const encodedPath = path.split('/').map(encodeURIComponent).join('/');
  const text = new URLSearchParams(query).toString();
  return `${version}${encodedPath}${text ? `?${text}` : ''}`;
}
