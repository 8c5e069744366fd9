const MB = 1_000_000;
const GB = 1000 * MB;

/** All limits on what comes in from outside, in one place. Bytes unless said otherwise. */
export const limits = {
  uploadBytes: 8 * GB,
  /** One request of an upload: well below what proxies allow, and sent long before Node's 300 s for a request are over. */
  partBytes: 8 * 1024 * 1024,
  /** Uploads of one user that are not finished or not used yet. */
  uploadsPerUser: 8,
  /** An upload that nobody has added to for this long, in ms, is given up. */
  staleMs: 24 * 60 * 60 * 1000,
  /** And for this long, in ms: it goes when its user needs the place for another. */
  idleMs: 60 * 60 * 1000,
  unpackedBytes: 16 * GB,
  entries: 200_000,
  pathBytes: 4096,
  nameBytes: 255,
  /** Directories one in the other. */
  depth: 64,
  /** How many times larger than the archive its content may be, once it is beyond `ratioFrom`. */
  ratio: 200,
  ratioFromBytes: 100 * MB,
  /** Of a compressed archive's look-back window (zstd); it is held in memory. */
  windowBytes: 32 * 1024 * 1024,
  /** Room on the disk that is always left. */
  reserveBytes: 256 * MB,
} as const;

export type Limits = { readonly [Name in keyof typeof limits]: number };

/** `archive`: to be unpacked as it is. `folder`: an archive that a browser made, which knows no file modes. */
export const uploadKinds = ['archive', 'folder'] as const;
export type UploadKind = (typeof uploadKinds)[number];

export const uploadEndpoint = '/api/uploads';
