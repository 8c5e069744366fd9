import { packingOf } from '@/lib/tar/packing';

export type ArchiveFormat = 'tar' | 'tar.gz' | 'tar.zst' | 'zip';

const formats = { tar: 'tar', gzip: 'tar.gz', zstd: 'tar.zst', zip: 'zip' } as const;

/** The format of a file, by its first bytes and never by its name; or why it cannot be unpacked. */
export function sniffArchive(start: Buffer): { format: ArchiveFormat } | { reason: string } {
  const packing = packingOf(start);
  if (packing in formats) return { format: formats[packing as keyof typeof formats] };
  if (packing === 'empty') return { reason: 'is empty' };
  if (packing !== 'unknown')
    return { reason: `is in ${packing} format; use .tar, .tar.gz, .tar.zst or .zip` };
  if (start.toString('latin1', 257, 262) === 'ustar') return { format: 'tar' }; // damaged; the parser reports that
  return { reason: 'has an unknown format; use .tar, .tar.gz, .tar.zst or .zip' };
}
