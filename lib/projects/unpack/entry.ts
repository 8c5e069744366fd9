/** One entry of an archive, whatever its format. Entries come in order, and only the newest one's content can be read. */
export interface ArchiveEntry {
  /** As written in the archive: not to be trusted. */
  name: string;
  type: 'file' | 'directory' | 'symlink' | 'hardlink';
  /** Permission bits; undefined where the archive does not know them. */
  mode: number | undefined;
  /** Bytes of its content. */
  size: number;
  /** Where a link leads, as written. */
  target: string;
  /** To be read to its end, once, before the next entry; an entry whose content is not wanted is skipped. */
  content: () => AsyncIterable<Uint8Array>;
}

export type Warn = (message: string) => void;
