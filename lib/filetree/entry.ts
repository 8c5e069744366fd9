/** One path of a file system, without its times. */
export interface TreeEntry {
  type: string;
  mode: number;
  uid: number;
  gid: number;
  size: number;
  /** Of a symbolic link; a device's numbers. */
  target: string;
  /** SHA-256 of a file's content; empty for others. */
  digest: string;
  /** Names and digests of extended attributes. */
  attributes: string;
}

export const aspects = ['type', 'mode', 'owner', 'target', 'content', 'attributes'] as const;
type Aspect = (typeof aspects)[number];

const aspectOf: Record<Aspect, (entry: TreeEntry) => string | number> = {
  type: ({ type }) => type,
  mode: ({ mode }) => mode,
  owner: ({ uid, gid }) => `${uid}:${gid}`,
  target: ({ target }) => target,
  content: ({ digest }) => digest,
  attributes: ({ attributes }) => attributes,
};

/** In what two entries differ; a size differs with the content. */
export const aspectsOf = (one: TreeEntry, other: TreeEntry): Aspect[] =>
  aspects.filter((aspect) => aspectOf[aspect](one) !== aspectOf[aspect](other));

/** Equal for entries that differ in no aspect. */
export const keyOf = (entry: TreeEntry): string => aspects.map((aspect) => aspectOf[aspect](entry)).join('|');
