const MB = 1_000_000;
const GB = 1000 * MB;

/** All limits for uploads and archives. */
export const limits = {
  uploadBytes: 8 * GB,
  /**
   * One request of an upload: below the limits of common proxies, and sent within Node's request timeout of 300 s.
   */
  partBytes: 8 * 1024 * 1024,
  /** Unfinished or unused uploads of a user. */
  uploadsPerUser: 8,
  /** An upload is removed after this time without new data. */
  staleMs: 24 * 60 * 60 * 1000,
  /** After this time it is removed if its user needs the slot. */
  idleMs: 60 * 60 * 1000,
  /** The same for one of which nothing has come: its client may not even know that it was created. */
  unbegunMs: 60 * 1000,
  unpackedBytes: 16 * GB,
  entries: 200_000,
  pathBytes: 4096,
  nameBytes: 255,
  /** Nested directories. */
  depth: 64,
  /** Maximum ratio of content to archive, once the content exceeds `ratioFromBytes`. */
  ratio: 200,
  ratioFromBytes: 100 * MB,
  /** Window of a zstd archive; kept in memory. */
  windowBytes: 32 * 1024 * 1024,
  /** Disk space that is always kept free. */
  reserveBytes: 256 * MB,
} as const;

export type Limits = { readonly [Name in keyof typeof limits]: number };

/** `archive`: unpacked with its file modes. `folder`: an archive made by a browser, without file modes. */
export const uploadKinds = ['archive', 'folder'] as const;
export type UploadKind = (typeof uploadKinds)[number];

export const uploadEndpoint = '/api/uploads';
