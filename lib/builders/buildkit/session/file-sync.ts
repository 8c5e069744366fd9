import 'server-only';
import { setImmediate } from 'node:timers/promises';
import { messageOf } from '@/lib/errors';
import { openFile, type OpenFile, readSmallFile } from '@/lib/contexts/files';
import { type ContextEntry, walkContext, type WalkOptions } from '@/lib/contexts/walk';
import { wantedRules } from '@/lib/contexts/wanted';
import { followLinks } from './follow-links';
import { GrpcError, grpcCodes, type GrpcCall } from './grpc';
import {
  dataHead,
  errorPacket,
  finishPacket,
  goMode,
  lastStat,
  packetTypes,
  readPacket,
  statPacket,
} from './wire';

/** A directory of the disk, by its real path. */
interface DiskDirectory extends Pick<WalkOptions, 'ignore'> {
  root: string;
}

/** Files by their paths, all in one directory. */
interface GivenDirectory {
  files: ReadonlyMap<string, Buffer>;
}

/** What the engine may ask for, under a name. */
export type SyncedDirectory = DiskDirectory | GivenDirectory;

/** What went over the wire. */
export interface SyncCounts {
  /** Entries listed. */
  entries: number;
  /** Files that the engine asked for. */
  requested: number;
  /** Bytes of files. */
  bytes: number;
}

/** ms of reading small files, after which the rest of the server has its turn. */
const turn = 5;
/** Files read at the same time. */
const readers = 8;
const chunkSize = 64 * 1024;
/** Bytes held before they are written: stats are small and many, data is not. */
const maxPendingStats = 32 * 1024;
const maxPendingData = 256 * 1024;

/**
 * Header values are the UTF-8 of old BuildKits as latin1, or percent-encoded by new ones, which then say so in
 * `<name>-encoded`.
 */
function headerTexts(call: GrpcCall, name: string): string[] {
  const texts = call.header(name).map((value) => Buffer.from(value, 'latin1').toString('utf8'));
  if (call.header(`${name}-encoded`).length === 0) return texts;
  return texts.map((text) => decodeURIComponent(text.replaceAll('+', ' ')));
}

/** As from a walk. */
async function* listGiven({ files }: GivenDirectory): AsyncGenerator<ContextEntry[]> {
  const base = { size: 0, modified: BigInt(Date.now()) * 1_000_000n };
  const names = [...files.keys()].toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const folders = (names[0] ?? '').split('/').slice(0, -1);
  yield folders.map((_folder, at) => ({
    ...base,
    type: 'directory',
    mode: 0o40755,
    path: folders.slice(0, at + 1).join('/'),
  }));
  yield names.map((path) => ({
    ...base,
    type: 'file',
    mode: 0o100644,
    path,
    size: files.get(path)!.length,
  }));
}

async function wantedPaths(call: GrpcCall, root: string): Promise<WalkOptions['wanted']> {
  const follow = headerTexts(call, 'followpaths');
  const include = headerTexts(call, 'include-patterns');
  if (follow.length === 0 && include.length === 0) return undefined;
  return wantedRules([...include, ...(await followLinks(root, follow))]);
}

/** Lists everything; answers which number in the list is which file. */
async function sendStats(call: GrpcCall, walk: AsyncIterable<ContextEntry[]>, files: Map<number, string>) {
  let count = 0;
  for await (const entries of walk) {
    if (call.closed()) return count;
    for (const entry of entries) {
      if (entry.type === 'file') files.set(count, entry.path);
      call.send(statPacket({ ...entry, mode: goMode(entry.mode) }));
      count++;
    }
    if (call.pending() > maxPendingStats) await call.flush();
  }
  call.send(lastStat());
  await call.flush();
  return count;
}

async function sendBytes(call: GrpcCall, id: number, { handle, size }: OpenFile): Promise<number> {
  let sent = 0;
  // One byte more than a small file has: a read that leaves room has reached the end.
  const length = Math.min(chunkSize, size + 1);
  while (!call.closed()) {
    const chunk = Buffer.allocUnsafe(length);
    const { bytesRead } = await handle.read(chunk, 0, length, null);
    if (bytesRead === 0) break;
    call.send(dataHead(id, bytesRead), chunk.subarray(0, bytesRead));
    sent += bytesRead;
    if (call.pending() > maxPendingData) await call.flush();
    if (bytesRead < length) break;
  }
  call.send(dataHead(id, 0));
  return sent;
}

const unreadable = (file: string, error: unknown) =>
  new GrpcError(grpcCodes.internal, `${file} cannot be read: ${messageOf(error)}`);

function sendContent(call: GrpcCall, id: number, content: Buffer): number {
  if (content.length > 0) call.send(dataHead(id, content.length), content);
  call.send(dataHead(id, 0));
  return content.length;
}

/** What was sent of it; null where the file is not a small one. */
function sendSmallFile(call: GrpcCall, root: string, id: number, file: string): number | null {
  try {
    const content = readSmallFile(root, file);
    return content && sendContent(call, id, content);
  } catch (error) {
    throw unreadable(file, error);
  }
}

async function sendFile(
  call: GrpcCall,
  directory: SyncedDirectory,
  id: number,
  file: string,
): Promise<number> {
  if ('files' in directory) return sendContent(call, id, directory.files.get(file)!);
  const { root } = directory;
  const sent = sendSmallFile(call, root, id, file);
  if (sent !== null) return sent;
  const opened = await openFile(root, file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  try {
    return await sendBytes(call, id, opened);
  } finally {
    await opened.handle.close();
  }
}

/** Answers one DiffCopy call: the list of the directory, then the files that the engine lacks. */
export async function syncDirectory(
  call: GrpcCall,
  directories: ReadonlyMap<string, SyncedDirectory>,
  counts: SyncCounts,
): Promise<void> {
  const name = headerTexts(call, 'dir-name')[0] ?? '';
  const directory = directories.get(name);
  if (!directory) throw new GrpcError(grpcCodes.notFound, `no access to directory ${JSON.stringify(name)}`);
  const entries =
    'files' in directory
      ? listGiven(directory)
      : walkContext(directory.root, {
          ignore: directory.ignore,
          wanted: await wantedPaths(call, directory.root),
        });

  const files = new Map<number, string>();
  const queue: number[] = [];
  let reading = 0;
  let fail!: (error: unknown) => void;
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });

  const readQueue = async () => {
    reading++;
    let since = performance.now();
    try {
      for (let id = queue.shift(); id !== undefined && !call.closed(); id = queue.shift()) {
        const file = files.get(id);
        if (file === undefined) throw new GrpcError(grpcCodes.internal, `no file has the number ${id}`);
        const sent = await sendFile(call, directory, id, file);
        counts.bytes += sent;
        if (queue.length === 0 || call.pending() > maxPendingData) await call.flush();
        if (performance.now() - since < turn) continue;
        await setImmediate();
        since = performance.now();
      }
    } finally {
      reading--;
    }
  };

  const receive = async () => {
    for await (const message of call.messages) {
      const packet = readPacket(message);
      if (packet.type === packetTypes.request) {
        counts.requested++;
        queue.push(packet.id);
        if (reading < readers) readQueue().catch(fail);
      } else if (packet.type === packetTypes.finish) {
        call.send(finishPacket());
        return;
      } else if (packet.type === packetTypes.error) {
        throw new GrpcError(grpcCodes.internal, Buffer.from(packet.data).toString('utf8'));
      }
    }
  };

  try {
    const listed = sendStats(call, entries, files);
    const [count] = await Promise.race([Promise.all([listed, receive()]), failed]);
    counts.entries += count;
  } catch (error) {
    call.send(errorPacket(messageOf(error)));
    throw error;
  }
}
