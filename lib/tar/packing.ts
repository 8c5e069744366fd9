import { isZero, parseTarHeader } from './header';

/** Bytes at the start of a file that are needed to detect its compression. */
export const packingBytes = 512;

/** In hexadecimal. The last digit of a skippable zstd frame is arbitrary. */
const magics = [
  [/^1f8b/, 'gzip'],
  [/^425a68/, 'bzip2'],
  [/^fd377a585a00/, 'xz'],
  [/^(28b52ffd|5.2a4d18)/, 'zstd'],
  [/^504b(0304|0506)/, 'zip'],
  [/^377abcaf271c/, '7-Zip'],
  [/^526172211a07/, 'RAR'],
  [/^04224d18/, 'LZ4'],
  [/^1f9d/, 'compress (.Z)'],
] as const;

type Packing = (typeof magics)[number][1] | 'tar' | 'empty' | 'unknown';

/**
 * The compression of a file, by its first bytes and never by its name. A tar starts with the name of its first entry,
 * which may look like another format: its checksum is tested first.
 */
export function packingOf(start: Buffer): Packing {
  if (start.length === 0) return 'empty';
  const block = start.subarray(0, packingBytes);
  if (parseTarHeader(block) || (block.length === packingBytes && isZero(block))) return 'tar';
  const hex = start.toString('hex', 0, 8);
  return magics.find(([magic]) => magic.test(hex))?.[1] ?? 'unknown';
}
