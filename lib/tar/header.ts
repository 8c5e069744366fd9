/**
 * One block of a tar archive: ustar, GNU and old v7. Sources: POSIX.1-2017 pax, "ustar Interchange Format" and "pax
 * Header Block"; GNU tar 1.35 manual, "Basic Tar Format".
 */
export interface TarHeader {
  name: Buffer;
  linkname: Buffer;
  mode: number;
  uid: number;
  gid: number;
  size: number;
  type: string;
  /** Of a device. */
  major: number;
  minor: number;
}

export const blockSize = 512;

const zeros = Buffer.alloc(256 * 1024);

/** For pieces of up to 256 KiB. */
export const isZero = (piece: Buffer): boolean => piece.equals(zeros.subarray(0, piece.length));

function text(block: Buffer, offset: number, length: number): Buffer {
  const field = block.subarray(offset, offset + length);
  const end = field.indexOf(0);
  return end < 0 ? field : field.subarray(0, end);
}

/** Octal digits, or a big-endian number after a set first bit (GNU). NaN for anything else, and above 2^53. */
function number(block: Buffer, offset: number, length: number): number {
  const field = block.subarray(offset, offset + length);
  if (field[0]! & 0x80) {
    if (field[0] !== 0x80) return Number.NaN; // 0xff: negative
    const value = BigInt(`0x${field.subarray(1).toString('hex')}`);
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : Number.NaN;
  }
  const digits = /^ *([0-7]*)[ \0]*$/.exec(field.toString('latin1'))?.[1];
  return digits === undefined ? Number.NaN : digits === '' ? 0 : Number.parseInt(digits, 8);
}

function hasRightChecksum(block: Buffer): boolean {
  const given = number(block, 148, 8);
  let unsigned = 8 * 32; // the field itself counts as blanks
  let signed = unsigned;
  for (let at = 0; at < blockSize; at++) {
    if (at >= 148 && at < 156) continue;
    unsigned += block[at]!;
    signed += block.readInt8(at); // historical implementations sum signed bytes
  }
  return given === unsigned || given === signed;
}

/** null if the block is not a header (wrong checksum). */
export function parseTarHeader(block: Buffer): TarHeader | null {
  if (block.length < blockSize || !hasRightChecksum(block)) return null;
  let name = text(block, 0, 100);
  const isPosix = block.toString('latin1', 257, 263) === 'ustar\0';
  if (isPosix) {
    // In star's variant of ustar the prefix is shorter and is followed by times.
    const prefix = text(block, 345, block.toString('latin1', 508, 512) === 'tar\0' ? 131 : 155);
    if (prefix.length) name = Buffer.concat([prefix, Buffer.from('/'), name]);
  }
  return {
    name,
    linkname: text(block, 157, 100),
    mode: number(block, 100, 8),
    uid: number(block, 108, 8),
    gid: number(block, 116, 8),
    size: number(block, 124, 12),
    major: number(block, 329, 8),
    minor: number(block, 337, 8),
    type: String.fromCharCode(block[156]!),
  };
}

/** The records of a pax header, `length key=value\n` each; null if damaged. */
export function parsePax(content: Buffer): Map<string, Buffer> | null {
  const records = new Map<string, Buffer>();
  for (let at = 0; at < content.length;) {
    const space = content.indexOf(0x20, at);
    const length = space < 0 ? '' : content.toString('latin1', at, space);
    const end = at + Number(length);
    if (!/^[1-9]\d{0,8}$/.test(length) || end > content.length || content[end - 1] !== 0x0a) return null;
    const equals = content.indexOf(0x3d, space);
    if (equals < 0 || equals >= end) return null;
    records.set(content.toString('utf8', space + 1, equals), content.subarray(equals + 1, end - 1));
    at = end;
  }
  return records;
}
