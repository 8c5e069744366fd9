import 'server-only';
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import os from 'node:os';

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

const indexHeaderBytes = 48;

/**
 * What the index beside a log (`-shm`) says was committed: how many frames, of which round. SQLite writes it after the
 * frames, and leaves it where it was when its process is killed. Null if there is none, if it was being written, or if
 * all of that is in the database already. https://sqlite.org/walformat.html#the_wal_index_file_format
 */
function readIndex(file: string): { frames: number; salt: Buffer } | null {
  const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  if (bytes.length < 2 * indexHeaderBytes + 4) return null;
  const header = bytes.subarray(0, indexHeaderBytes);
  if (!header.equals(bytes.subarray(indexHeaderBytes, 2 * indexHeaderBytes))) return null;
  const number = (at: number) => (os.endianness() === 'LE' ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const frames = number(16);
  const inDatabase = number(2 * indexHeaderBytes);
  return frames > inDatabase ? { frames, salt: header.subarray(32, 40) } : null;
}

/**
 * Whether a write-ahead log has lost committed changes: after a damaged frame, where SQLite would end the log and silently
 * drop them, or at its end, where the index knows of more. Must be asked before SQLite opens the database: it then writes
 * the index again.
 */
// oxlint-disable-next-line complexity -- one pass over one format
export function isWalDamaged(file: string, indexFile: string): boolean {
  const index = readIndex(indexFile);
  const handle = openSync(file, 'r');
  const read = (at: number, length: number) => {
    const bytes = Buffer.alloc(length);
    return readSync(handle, bytes, 0, length, at) === length ? bytes : null;
  };
  try {
    const header = read(0, headerBytes);
    if (!header) return index !== null; // nothing written yet
    const bigEndian = header.readUInt32BE(0) === magic + 1;
    if (!bigEndian && header.readUInt32BE(0) !== magic) return true;
    let sums = sum(header.subarray(0, 24), bigEndian, [0, 0]);
    if (header.readUInt32BE(24) !== sums[0] || header.readUInt32BE(28) !== sums[1]) return true;
    const pageBytes = header.readUInt32BE(8);
    const salt = header.subarray(16, 24);
    const committed = index?.salt.equals(salt) ? index.frames : 0;
    let broken = false;
    for (let number = 1; ; number++) {
      const frame = read(
        headerBytes + (number - 1) * (frameHeaderBytes + pageBytes),
        frameHeaderBytes + pageBytes,
      );
      if (!frame) return number <= committed;
      // Frames of an earlier round may follow; their salt differs.
      const own = frame.subarray(8, 16).equals(salt);
      sums = sum(frame.subarray(0, 8), bigEndian, sums);
      sums = sum(frame.subarray(frameHeaderBytes), bigEndian, sums);
      broken ||= !own || frame.readUInt32BE(16) !== sums[0] || frame.readUInt32BE(20) !== sums[1];
      const isCommit = frame.readUInt32BE(4) > 0;
      if (broken && (number <= committed || (own && isCommit))) return true;
    }
  } finally {
    closeSync(handle);
  }
}
