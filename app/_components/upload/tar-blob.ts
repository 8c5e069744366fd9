import type { FolderListing } from './listing';
import { endMark, paddingOf, tarHeader } from './tar-header';

/** A folder as one tar archive. The blob only references the files; they are read while it is sent. */
export function makeTar(listing: FolderListing): Blob {
  const parts: BlobPart[] = [];
  for (const path of listing.emptyDirectories)
    parts.push(tarHeader({ path, isDirectory: true, size: 0, modified: 0 }));
  for (const { path, file } of listing.files)
    parts.push(
      tarHeader({ path, isDirectory: false, size: file.size, modified: file.lastModified }),
      file,
      new Uint8Array(paddingOf(file.size)),
    );
  return new Blob([...parts, endMark()], { type: 'application/x-tar' });
}

/** A 53-bit hash (cyrb53); crypto.subtle is not available over plain HTTP. */
function hash(text: string): string {
  let [one, two] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 2654435761);
    two = Math.imul(two ^ code, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  return (4294967296 * (2097151 & two) + (one >>> 0)).toString(36);
}

/** Equal for the same unchanged folder, so that its upload resumes. */
export function folderFingerprint(listing: FolderListing): string {
  const lines = listing.files.map(({ path, file }) => `${path}\0${file.size}\0${file.lastModified}`);
  return `folder-${hash([...lines, ...listing.emptyDirectories].join('\n'))}-${listing.files.length}-${listing.bytes}`;
}

export const archiveFingerprint = (file: File): string =>
  `archive-${hash(`${file.name}\0${file.lastModified}`)}-${file.size}`;
