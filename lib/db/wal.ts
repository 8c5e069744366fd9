import 'server-only';
import { closeSync, openSync, readSync } from 'node:fs';

/** https://sqlite.org/fileformat2.html#walformat */
const headerBytes = 32;
const frameHeaderBytes = 24;
const magic = 0x377f0682;

/** SQLite's checksum: two 32-bit sums over pairs of words. */
function sum(
  bytes: Buffer,
  bigEndian: boolean,
  [first, second]: readonly [number, number],
): [number, number] {
  let [a, b] = [first, second];
  for (let at = 0; at < bytes.length; at += 8) {
    const [x, y] = bigEndian
      ? [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)]
      : [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4)];
    a = (a + x + b) >>> 0;
    b = (b + y + a) >>> 0;
  }
  return [a, b];
}

/**
 * Whether a write-ahead log has committed changes after a damaged frame. SQLite would end the log there, and silently
 * drop them.
 */
// oxlint-disable-next-line complexity -- one pass over one format
export function isWalDamaged(file: string): boolean {
  const handle = openSync(file, 'r');
  const read = (at: number, length: number) => {
    const bytes = Buffer.alloc(length);
    return readSync(handle, bytes, 0, length, at) === length ? bytes : null;
  };
  try {
    const header = read(0, headerBytes);
    if (!header) return false; // nothing written yet
    const bigEndian = header.readUInt32BE(0) === magic + 1;
    if (!bigEndian && header.readUInt32BE(0) !== magic) return true;
    let sums = sum(header.subarray(0, 24), bigEndian, [0, 0]);
    if (header.readUInt32BE(24) !== sums[0] || header.readUInt32BE(28) !== sums[1]) return true;
    const pageBytes = header.readUInt32BE(8);
    let broken = false;
    for (let at = headerBytes; ; at += frameHeaderBytes + pageBytes) {
      const frame = read(at, frameHeaderBytes + pageBytes);
      // Frames of an earlier round may follow; their salt differs.
      if (!frame) return false;
      const own = frame.subarray(8, 16).equals(header.subarray(16, 24));
      sums = sum(frame.subarray(0, 8), bigEndian, sums);
      sums = sum(frame.subarray(frameHeaderBytes), bigEndian, sums);
      broken ||= !own || frame.readUInt32BE(16) !== sums[0] || frame.readUInt32BE(20) !== sums[1];
      const isCommit = frame.readUInt32BE(4) > 0;
      if (broken && own && isCommit) return true;
    }
  } finally {
    closeSync(handle);
  }
}
