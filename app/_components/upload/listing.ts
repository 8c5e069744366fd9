/** A dropped or selected folder. */
export interface FolderListing {
  /** Name of the folder; null for loose files. */
  name: string | null;
  /** Paths relative to the folder, sorted. */
  files: { path: string; file: File }[];
  emptyDirectories: string[];
  bytes: number;
}

export type Dropped = { kind: 'archive'; file: File } | { kind: 'folder'; listing: FolderListing };

/** For the file picker; the server detects the real type by content. */
const archiveEndings = ['.tar', '.tar.gz', '.tgz', '.tar.zst', '.tzst', '.zip'];
export const archiveAccept = [...archiveEndings, '.gz', '.zst'].join(',');

export const isArchiveName = (name: string): boolean =>
  archiveEndings.some((ending) => name.toLowerCase().endsWith(ending));

/** `site.tar.gz` is `site`. */
export const withoutEnding = (name: string): string => {
  const ending = archiveEndings
    .toSorted((one, other) => other.length - one.length)
    .find((one) => name.toLowerCase().endsWith(one));
  return ending ? name.slice(0, -ending.length) : name;
};

interface Found {
  files: FolderListing['files'];
  emptyDirectories: string[];
}

const byPath = (one: string, other: string) => (one < other ? -1 : 1);

function toListing({ files, emptyDirectories }: Found): FolderListing {
  const paths = [...files.map(({ path }) => path), ...emptyDirectories];
  const top = paths[0]?.split('/')[0];
  // A single folder gives the name and is stripped from the paths.
  const isFolder = top !== undefined && paths.every((path) => path.startsWith(`${top}/`)) && top !== '';
  const below = (path: string) => (isFolder ? path.slice(top.length + 1) : path);
  return {
    name: isFolder ? top : null,
    files: files
      .map(({ path, file }) => ({ path: below(path), file }))
      .toSorted((one, other) => byPath(one.path, other.path)),
    emptyDirectories: emptyDirectories.map(below).filter(Boolean).toSorted(byPath),
    bytes: files.reduce((sum, { file }) => sum + file.size, 0),
  };
}

/** The listing with the folder's name before every path. */
export function withFolderName(listing: FolderListing): FolderListing {
  const { name } = listing;
  if (name === null) return listing;
  return {
    ...listing,
    name: null,
    files: listing.files.map(({ path, file }) => ({ path: `${name}/${path}`, file })),
    emptyDirectories:
      listing.files.length || listing.emptyDirectories.length
        ? listing.emptyDirectories.map((path) => `${name}/${path}`)
        : [name],
  };
}

const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<File>((resolve, reject) => entry.file(resolve, reject));

/** Browsers return directory entries in batches of 100. */
async function* entriesOf(
  directory: FileSystemDirectoryEntry,
): AsyncGenerator<FileSystemEntry[], void, void> {
  const reader = directory.createReader();
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (!some.length) return;
    yield some;
  }
}

async function collect(
  entry: FileSystemEntry,
  found: Found,
  onCount: (files: number) => void,
): Promise<void> {
  const path = entry.fullPath.replace(/^\//, '');
  if (entry.isFile) {
    found.files.push({ path, file: await fileOf(entry as FileSystemFileEntry) });
    if (found.files.length % 200 === 0) onCount(found.files.length);
    return;
  }
  let empty = true;
  for await (const entries of entriesOf(entry as FileSystemDirectoryEntry)) {
    empty = false;
    await Promise.all(entries.map((below) => collect(below, found, onCount)));
  }
  if (empty) found.emptyDirectories.push(path);
}

/** Takes the entries synchronously, as they are lost after the drop event; reads folders afterwards. */
export function readDropped(
  items: DataTransfer | FileList,
  { asArchive, onCount }: { asArchive: boolean; onCount: (files: number) => void },
): Promise<Dropped> {
  if (items instanceof FileList) return Promise.resolve(fromFiles([...items], asArchive));
  const entries = [...items.items]
    .filter((item) => item.kind === 'file')
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  if (!entries.length || entries.every((entry) => entry.isFile))
    return Promise.resolve(fromFiles([...items.files], asArchive));
  return collectAll(entries, onCount);
}

function fromFiles(files: File[], asArchive: boolean): Dropped {
  const [only] = files;
  if (asArchive && only && files.length === 1 && isArchiveName(only.name))
    return { kind: 'archive', file: only };
  return {
    kind: 'folder',
    listing: toListing({
      files: files.map((file) => ({ path: file.webkitRelativePath || file.name, file })),
      emptyDirectories: [],
    }),
  };
}

async function collectAll(entries: FileSystemEntry[], onCount: (files: number) => void): Promise<Dropped> {
  const found: Found = { files: [], emptyDirectories: [] };
  for (const entry of entries) await collect(entry, found, onCount);
  onCount(found.files.length);
  return { kind: 'folder', listing: toListing(found) };
}
