import { AppError } from '@/lib/errors';
import { type Bytes, openBytes } from './bytes';
import { blockSize, isZero, parsePax, parseTarHeader, type TarHeader } from './header';

/**
 * Entries of a tar made by an engine, with their original blocks, so that owners, times and attributes can be passed on
 * unchanged. (Uploaded archives are untrusted: lib/projects/unpack reads those.)
 */
export interface TarEntry {
  /** Without leading `./` and trailing `/`; empty for the root. */
  path: string;
  type: 'file' | 'directory' | 'symlink' | 'hardlink' | 'character' | 'block' | 'fifo' | 'other';
  mode: number;
  uid: number;
  gid: number;
  size: number;
  /** Of a link; of a hard link without leading `./`. */
  target: string;
  /** Of a device: `major:minor`. */
  device: string;
  /** Extended attributes, by name. */
  attributes: Map<string, Buffer>;
  /** The content, once. */
  content: (this: void) => AsyncGenerator<Buffer, void, void>;
  /** The entry's original blocks, instead of `content`. */
  blocks: (this: void) => AsyncGenerator<Buffer, void, void>;
}

/** Headers of these types describe the next entry. */
const extensionTypes = new Set(['x', 'g', 'L', 'K']);
const types: Record<string, TarEntry['type']> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'character',
  '4': 'block',
  '5': 'directory',
  '6': 'fifo',
};
const attributePrefix = 'SCHILY.xattr.';
/** Bytes. Real names and attributes are far smaller. */
const maxExtensionBytes = 16 * 1024 * 1024;
const pieceBytes = 256 * 1024;

const broken = (reason: string) =>
  new AppError('engine_rejected', `The engine sent a file system that cannot be read: ${reason}.`, {
    hint: 'Try again. If it persists, check the engine’s log.',
  });

interface Pending {
  head: Buffer[];
  pax: Map<string, Buffer>;
  longName?: string;
  longTarget?: string;
}

const noPending = (): Pending => ({ head: [], pax: new Map() });
const padded = (size: number) => Math.ceil(size / blockSize) * blockSize;
const textOf = (bytes: Buffer) => bytes.toString('utf8');
const cString = (bytes: Buffer) => textOf(bytes.includes(0) ? bytes.subarray(0, bytes.indexOf(0)) : bytes);

const tidyPath = (path: string): string =>
  path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');

async function take(bytes: Bytes, count: number): Promise<Buffer> {
  const taken = await bytes.take(count);
  if (taken.length < count) throw broken('the archive ends in the middle of an entry');
  return taken;
}

async function readExtension(bytes: Bytes, header: TarHeader, block: Buffer, pending: Pending) {
  if (!(header.size <= maxExtensionBytes)) throw broken('a header is too large');
  const content = await take(bytes, padded(header.size));
  pending.head.push(Buffer.from(block), Buffer.from(content));
  const value = content.subarray(0, header.size);
  if (header.type === 'L') pending.longName = cString(value);
  else if (header.type === 'K') pending.longTarget = cString(value);
  else if (header.type === 'x') {
    const records = parsePax(Buffer.from(value));
    if (!records) throw broken('a pax header is damaged');
    pending.pax = records;
  }
}

function numberOf(pax: Map<string, Buffer>, key: string, plain: number): number {
  const text = pax.get(key)?.toString('latin1');
  const value = text === undefined ? plain : Number(text);
  if (!Number.isSafeInteger(value)) throw broken(`the ${key} of an entry makes no sense`);
  return value;
}

function attributesOf(pax: Map<string, Buffer>): Map<string, Buffer> {
  const found = [...pax].filter(([key]) => key.startsWith(attributePrefix));
  return new Map(found.map(([key, value]) => [key.slice(attributePrefix.length), value]));
}

function describe(header: TarHeader, { pax, longName, longTarget }: Pending) {
  const type = types[header.type] ?? 'other';
  const paxText = (key: string) => {
    const value = pax.get(key);
    return value && textOf(value);
  };
  const target = paxText('linkpath') ?? longTarget ?? textOf(header.linkname);
  const isDevice = type === 'character' || type === 'block';
  return {
    path: tidyPath(paxText('path') ?? longName ?? textOf(header.name)),
    type,
    mode: header.mode & 0o7777,
    uid: numberOf(pax, 'uid', header.uid),
    gid: numberOf(pax, 'gid', header.gid),
    size: type === 'file' ? numberOf(pax, 'size', header.size) : 0,
    target: type === 'hardlink' ? tidyPath(target) : target,
    device: isDevice ? `${header.major}:${header.minor}` : '',
    attributes: attributesOf(pax),
  };
}

/** `stored`: bytes in the archive, which can exceed the size for entries that are not files. */
function bodyOf(bytes: Bytes, size: number, stored: number, head: Buffer[]) {
  let left = padded(stored);
  let content = size;
  async function* rest(withPadding: boolean) {
    while (left > 0) {
      const piece = await bytes.next(Math.min(pieceBytes, left));
      if (!piece) throw broken('the archive ends in the middle of an entry');
      left -= piece.length;
      const part = withPadding ? piece : piece.subarray(0, content);
      content -= Math.min(content, piece.length);
      if (part.length > 0) yield part;
    }
  }
  async function* blocks() {
    yield* head;
    yield* rest(true);
  }
  return {
    content: () => rest(false),
    blocks,
    skip: async () => {
      for await (const _unread of rest(true));
    },
  };
}

/** Each entry must be consumed before the next is requested. */
export async function* readEntries(source: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry, void, void> {
  const bytes = openBytes(source);
  let pending = noPending();
  try {
    for (;;) {
      const block = Buffer.from(await bytes.take(blockSize));
      if (block.length === 0) throw broken('the archive ends without its end mark');
      if (isZero(block)) {
        for (let piece = await bytes.next(pieceBytes); piece; piece = await bytes.next(pieceBytes));
        return;
      }
      const header = parseTarHeader(block);
      if (!header) throw broken('a header has a wrong checksum');
      if (extensionTypes.has(header.type)) {
        await readExtension(bytes, header, block, pending);
        continue;
      }
      const entry = describe(header, pending);
      const stored = entry.type === 'file' || entry.type === 'other' ? entry.size || header.size : 0;
      const body = bodyOf(bytes, entry.size, stored, [...pending.head, block]);
      pending = noPending();
      yield { ...entry, content: body.content, blocks: body.blocks };
      await body.skip();
    }
  } finally {
    await bytes.close();
  }
}

/** End-of-archive marker. */
export const endOfArchive = (): Buffer => Buffer.alloc(2 * blockSize);
