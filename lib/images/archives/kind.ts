import { parseTarHeader } from '@/lib/tar/header';
import { packingOf } from '@/lib/tar/packing';

const readable = ['tar', 'gzip', 'bzip2', 'xz', 'zstd'] as const;
export type ImagePacking = (typeof readable)[number];

/** How an archive is packed; or why the engine could not read it. */
export function imagePackingOf(start: Buffer): { packing: ImagePacking } | { reason: string } {
  const packing = packingOf(start);
  const known = readable.find((one) => one === packing);
  if (known) return { packing: known };
  if (packing === 'empty') return { reason: 'The file is empty.' };
  if (packing === 'zip') return { reason: 'This is a zip file: the engine reads tar archives only.' };
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
