import { randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A new id that sorts by time of creation: 9 characters of milliseconds, 7 random ones (35 bits). */
export function newId(now = Date.now()): string {
  let time = '';
  for (let rest = now; time.length < 9; rest = Math.floor(rest / 32)) time = alphabet[rest % 32] + time;
  return time + [...randomBytes(7)].map((byte) => alphabet[byte % 32]).join('');
}
