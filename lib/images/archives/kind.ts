import { isZero, parseTarHeader } from '@/lib/tar/header';

export type Packing = 'tar' | 'gzip' | 'bzip2' | 'xz' | 'zstd';

/** How a file is packed, by its first bytes and never by its name; or why the engine could not read it. */
export function packingOf(start: Buffer): { packing: Packing } | { reason: string } {
  const hex = start.toString('hex', 0, 8);
  if (hex.startsWith('1f8b')) return { packing: 'gzip' };
  if (hex.startsWith('425a68')) return { packing: 'bzip2' };
  if (hex.startsWith('fd377a585a00')) return { packing: 'xz' };
  // The last digit of a skippable frame's magic number, which may come first, is free.
  if (hex.startsWith('28b52ffd') || /^5.2a4d18/.test(hex)) return { packing: 'zstd' };
  if (start.length === 0) return { reason: 'The file is empty.' };
  if (hex.startsWith('504b03')) return { reason: 'This is a zip file: the engine reads tar archives only.' };
  if (parseTarHeader(start) || (start.length >= 512 && isZero(start.subarray(0, 512))))
    return { packing: 'tar' };
  return { reason: 'This is not a tar archive.' };
}

/** Names that a saved image begins with, whoever saved it: docker before and after 25, podman, skopeo. */
const ofSavedImage =
  /^(?:\.\/)?(?:[0-9a-f]{64}(?:\/|\.json$|\.tar$|$)|blobs(?:\/|$)|oci-layout$|manifest\.json$|repositories$|index\.json$)/;
/** Directories that a root file system begins with. */
const ofSystem =
  /^(?:\.?\/)?(?:bin|boot|dev|etc|home|lib(?:32|64|x32)?|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var|\.dockerenv)(?:\/|$)/;

/** What a tar holds, by its first entry; null where that does not tell. */
export function contentOf(start: Buffer): 'saved images' | 'root file system' | null {
  const name = parseTarHeader(start.subarray(0, 512))?.name.toString('utf8');
  if (name === undefined) return null;
  if (ofSavedImage.test(name)) return 'saved images';
  return ofSystem.test(name) ? 'root file system' : null;
}
