import { isZero, parseTarHeader } from '@/lib/tar/header';

export type ArchiveFormat = 'tar' | 'tar.gz' | 'tar.zst' | 'zip';

/** Enough of a file's beginning to tell what it is. */
export const sniffBytes = 512;

/** Formats that people try, with what they could do instead. */
const unsupported: [magic: string, name: string][] = [
  ['425a68', 'bzip2'],
  ['fd377a585a00', 'xz'],
  ['377abcaf271c', '7-Zip'],
  ['526172211a07', 'RAR'],
  ['04224d18', 'LZ4'],
  ['1f9d', 'compress (.Z)'],
];

/** What a file is, by its first bytes and never by its name; or why it cannot be unpacked. */
export function sniffArchive(start: Buffer): { format: ArchiveFormat } | { reason: string } {
  const hex = start.toString('hex', 0, 8);
  if (hex.startsWith('1f8b')) return { format: 'tar.gz' };
  // The last digit of a skippable frame's magic number, which may come first, is free.
  if (hex.startsWith('28b52ffd') || /^5.2a4d18/.test(hex)) return { format: 'tar.zst' };
  if (hex.startsWith('504b0304') || hex.startsWith('504b0506')) return { format: 'zip' };
  if (start.length === 0) return { reason: 'is empty' };
  const known = unsupported.find(([magic]) => hex.startsWith(magic));
  if (known) return { reason: `is in ${known[1]} format; use .tar, .tar.gz, .tar.zst or .zip` };
  if (parseTarHeader(start) || (start.length === sniffBytes && isZero(start))) return { format: 'tar' };
  if (start.toString('latin1', 257, 262) === 'ustar') return { format: 'tar' }; // damaged, and said so later
  return { reason: 'has an unknown format; use .tar, .tar.gz, .tar.zst or .zip' };
}
