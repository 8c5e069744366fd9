/** An entry of an archive of any format. Entries come in order, and only the latest one's content can be read. */
export interface ArchiveEntry {
  /** As in the archive: untrusted. */
  name: string;
  type: 'file' | 'directory' | 'symlink' | 'hardlink';
  /** Permission bits; undefined if the archive has none. */
  mode: number | undefined;
  /** Bytes of content. */
  size: number;
  /** Target of a link, as in the archive. */
  target: string;
  /** Must be read completely, once, before the next entry; otherwise the content is skipped. */
  content: () => AsyncIterable<Uint8Array>;
}

export type Warn = (message: string) => void;
