/** Headers of a tar archive in POSIX pax format, so that any name and size fits. Uses neither DOM nor Node. */
interface TarEntry {
  /** Relative, with `/`. */
  path: string;
  isDirectory: boolean;
  size: number;
  /** ms since 1970 */
  modified: number;
}

const block = 512;
const utf8 = new TextEncoder();

/** Zero bytes that fill the last block of a file. */
export const paddingOf = (size: number): number => (block - (size % block)) % block;

/** The two zero blocks that end an archive. */
export const endMark = (): Uint8Array<ArrayBuffer> => new Uint8Array(2 * block);

/** Largest value of eleven octal digits. */
const maxOctal = 0o77777777777;

function ustarHeader(name: string, type: '0' | '5' | 'x', size: number, modified: number) {
  const header = new Uint8Array(block);
  const put = (text: string, at: number) => header.set(utf8.encode(text), at);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  put(name, 0);
  put(octal(type === '5' ? 0o755 : 0o644, 7), 100);
  put(octal(0, 7), 108);
  put(octal(0, 7), 116);
  put(octal(Math.min(size, maxOctal), 11), 124);
  put(octal(Math.max(0, Math.floor(modified / 1000)), 11), 136);
  put('        ', 148);
  put(type, 156);
  put('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** `length key=value\n`; the length includes itself. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = utf8.encode(rest).length;
  let length = bytes + String(bytes).length;
  if (bytes + String(length).length !== length) length = bytes + String(length).length;
  return `${length}${rest}`;
}

function join(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** All header blocks before the content of an entry. */
export function tarHeader(entry: TarEntry): Uint8Array<ArrayBuffer> {
  const path = entry.isDirectory ? `${entry.path}/` : entry.path;
  const type = entry.isDirectory ? '5' : '0';
  const records: string[] = [];
  // eslint-disable-next-line no-control-regex -- characters that ustar can hold
  const fits = path.length <= 100 && /^[\x20-\x7e]*$/.test(path);
  if (!fits) records.push(paxRecord('path', path));
  if (entry.size > maxOctal) records.push(paxRecord('size', String(entry.size)));
  const own = ustarHeader(fits ? path : 'pax', type, entry.size, entry.modified);
  if (!records.length) return own;
  const extended = utf8.encode(records.join(''));
  return join([
    ustarHeader('pax', 'x', extended.length, entry.modified),
    extended,
    new Uint8Array(paddingOf(extended.length)),
    own,
  ]);
}
