import 'server-only';
import { type Bytes, openBytes } from '@/lib/tar/bytes';
import type { ArchiveEntry, Warn } from './entry';
import { refuseArchive, refuseEntry, showName } from './refuse';
import { blockSize, isZero, parsePax, parseTarHeader, type TarHeader } from '@/lib/tar/header';

/** Size of a long name or pax header: far more than a path of 4096 bytes needs. */
const maxHeaderBytes = 256 * 1024;
const pieceBytes = 256 * 1024;

const types = new Map<string, ArchiveEntry['type']>([
  ['0', 'file'],
  ['\0', 'file'],
  ['7', 'file'],
  ['1', 'hardlink'],
  ['2', 'symlink'],
  ['5', 'directory'],
]);

const sparse = 'is stored as a sparse file; pack the archive without --sparse';

const refusedTypes = new Map([
  ['3', 'is a character device'],
  ['4', 'is a block device'],
  ['6', 'is a FIFO'],
  ['s', 'is a socket'],
  ['S', sparse],
  ['M', 'is the rest of a file from another volume'],
  ['D', 'is from an incremental backup'],
]);

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    throw refuseEntry(bytes.toString('latin1'), 'has a name that is not valid UTF-8', error);
  }
}

const upToZero = (bytes: Buffer) => (bytes.includes(0) ? bytes.subarray(0, bytes.indexOf(0)) : bytes);

/** Attributes of an entry from preceding headers. */
interface Extensions {
  pax?: Map<string, Buffer>;
  longName?: Buffer;
  longLink?: Buffer;
}

const damagedAfter = (last: string, what: string) =>
  refuseArchive(last ? `${what} after its entry “${showName(last)}”` : what);

async function readHeaderContent(bytes: Bytes, header: TarHeader, last: string): Promise<Buffer> {
  if (!(header.size <= maxHeaderBytes)) throw damagedAfter(last, 'has a header that is too large');
  const padded = Math.ceil(header.size / blockSize) * blockSize;
  const content = await bytes.take(padded);
  if (content.length < padded) throw damagedAfter(last, 'ends in the middle of a header');
  return content.subarray(0, header.size);
}

async function readPax(bytes: Bytes, header: TarHeader, last: string): Promise<Map<string, Buffer>> {
  const records = parsePax(await readHeaderContent(bytes, header, last));
  if (!records) throw damagedAfter(last, 'has a damaged pax header');
  if ([...records.keys()].some((key) => key.startsWith('GNU.sparse.')))
    throw refuseEntry(decode(records.get('GNU.sparse.name') ?? header.name), sparse);
  if (header.type === 'g' && ['path', 'linkpath', 'size'].some((key) => records.has(key)))
    throw damagedAfter(last, 'has a header that renames all entries');
  return records;
}

/** True if the header only describes the next one. */
async function readExtension(
  bytes: Bytes,
  header: TarHeader,
  next: Extensions,
  last: string,
): Promise<boolean> {
  if (header.type === 'x') next.pax = await readPax(bytes, header, last);
  else if (header.type === 'L') next.longName = upToZero(await readHeaderContent(bytes, header, last));
  else if (header.type === 'K') next.longLink = upToZero(await readHeaderContent(bytes, header, last));
  else if (header.type === 'g') await readPax(bytes, header, last);
  else return header.type === 'V'; // a volume label
  return true;
}

function describe(header: TarHeader, { pax, longName, longLink }: Extensions) {
  const name = decode(pax?.get('path') ?? longName ?? header.name);
  const type = types.get(header.type);
  if (!type) throw refuseEntry(name, refusedTypes.get(header.type) ?? 'is of an unknown type');
  const paxSize = pax?.get('size')?.toString('latin1');
  const size =
    paxSize === undefined ? header.size : /^\d{1,16}$/.test(paxSize) ? Number(paxSize) : Number.NaN;
  if (!Number.isSafeInteger(size)) throw refuseEntry(name, 'has an invalid size');
  return {
    name,
    // Formats before ustar mark a directory only by a trailing slash.
    type: type === 'file' && name.endsWith('/') ? ('directory' as const) : type,
    mode: Number.isNaN(header.mode) ? undefined : header.mode,
    size,
    target: decode(pax?.get('linkpath') ?? longLink ?? header.linkname),
  };
}

const cutOff = (name: string) => refuseEntry(name, 'is cut off: the archive ends in the middle of it');

async function* readContent(bytes: Bytes, name: string, rest: { bytes: number }) {
  while (rest.bytes > 0) {
    const piece = await bytes.next(Math.min(pieceBytes, rest.bytes));
    if (!piece) throw cutOff(name);
    rest.bytes -= piece.length;
    yield piece;
  }
}

async function checkEnd(bytes: Bytes, last: string) {
  for (let piece = await bytes.next(pieceBytes); piece; piece = await bytes.next(pieceBytes))
    if (!isZero(piece)) throw damagedAfter(last, 'has data after its end mark');
}

/**
 * The entries of a tar archive. Own code, because tar-stream 3.2 reads past the end mark, accepts an archive that is
 * cut between two entries, and does not report which entry is damaged.
 */
export async function* readTar(
  source: AsyncIterable<Uint8Array>,
  warn: Warn = () => {},
): AsyncGenerator<ArchiveEntry, void, void> {
  const bytes = openBytes(source);
  let last = '';
  let extensions: Extensions = {};
  try {
    for (;;) {
      const block = await bytes.take(blockSize);
      const atEnd = isZero(block);
      if (atEnd && Object.keys(extensions).length) throw damagedAfter(last, 'ends in the middle of a header');
      if (block.length === 0) {
        if (!last) throw refuseArchive('is empty');
        return warn('The archive has no end mark: it may have been cut off.');
      }
      if (atEnd) return await checkEnd(bytes, last);
      const header = parseTarHeader(block);
      if (!header)
        throw damagedAfter(
          last,
          last ? 'is damaged (wrong checksum)' : 'is not a tar archive (wrong checksum)',
        );
      if (await readExtension(bytes, header, extensions, last)) continue;

      const entry = describe(header, extensions);
      extensions = {};
      last = entry.name;
      // Only files have content; other entries may have a size without content (as Go's archive/tar reads them).
      const size = entry.type === 'file' ? entry.size : 0;
      const rest = { bytes: size };
      const content = () => readContent(bytes, entry.name, rest);
      yield { ...entry, size, content };
      for await (const _unread of content());
      const padding = (blockSize - (size % blockSize)) % blockSize;
      if ((await bytes.take(padding)).length < padding) throw cutOff(entry.name);
    }
  } finally {
    await bytes.close();
  }
}
