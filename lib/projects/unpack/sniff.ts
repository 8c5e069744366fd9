import { isZero, parseTarHeader } from '@/lib/tar/header';

export type ArchiveFormat = 'tar' | 'tar.gz' | 'tar.zst' | 'zip';

/** Bytes at the start of a file that are needed to detect its format. */
export const sniffBytes = 512;

/** Unsupported formats that users try, with a remedy. */
const unsupported: [magic: string, name: string][] = [
  ['425a68', 'bzip2'],
  ['fd377a585a00', 'xz'],
  ['377abcaf271c', '7-Zip'],
  ['526172211a07', 'RAR'],
  ['04224d18', 'LZ4'],
  ['1f9d', 'compress (.Z)'],
];

/** The format of a file, by its first bytes and never by its name; or why it cannot be unpacked. */
export function sniffArchive(start: Buffer): { format: ArchiveFormat } | { reason: string } {
  const hex = start.toString('hex', 0, 8);
  if (hex.startsWith('1f8b')) return { format: 'tar.gz' };
  // A skippable frame may come first; the last digit of its magic number is arbitrary.
  if (hex.startsWith('28b52ffd') || /^5.2a4d18/.test(hex)) return { format: 'tar.zst' };
  if (hex.startsWith('504b0304') || hex.startsWith('504b0506')) return { format: 'zip' };
  if (start.length === 0) return { reason: 'is empty' };
  const known = unsupported.find(([magic]) => hex.startsWith(magic));
  if (known) return { reason: `is in ${known[1]} format; use .tar, .tar.gz, .tar.zst or .zip` };
  if (parseTarHeader(start) || (start.length === sniffBytes && isZero(start))) return { format: 'tar' };
  if (start.toString('latin1', 257, 262) === 'ustar') return { format: 'tar' }; // damaged; the parser reports that
  return { reason: 'has an unknown format; use .tar, .tar.gz, .tar.zst or .zip' };
}
