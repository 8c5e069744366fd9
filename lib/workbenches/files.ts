import 'server-only';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract, pack } from 'tar-stream';
import { findContainer } from '@/lib/engine/containers/containers';
import { readArchive, statPath, writeArchive } from '@/lib/engine/containers/files';
import type { Engine } from '@/lib/engine/engine';
import { getEngine } from '@/lib/engine/engines';
import { AppError, messageOf } from '@/lib/errors';
import type { ContainerId, WorkbenchId } from '@/lib/ids';
import { getWorkbench, insertFile } from './store';

const badPath = (field: string, message: string) =>
  new AppError('invalid_input', message, { fields: { [field]: message } });

/** Absolute, without dot segments. */
function readPath(text: string, field: string): string {
  if (!text.startsWith('/')) throw badPath(field, 'Enter an absolute path.');
  if (/[\0\n]/.test(text) || text.length > 4096) throw badPath(field, 'Invalid path.');
  const parts = text.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) throw badPath(field, 'A path cannot contain “..”.');
  return `/${parts.join('/')}`;
}

async function requireContainer(workbenchId: WorkbenchId) {
  const { engineId, containerId } = await getWorkbench(workbenchId);
  const engine = getEngine(engineId);
  const container = await findContainer(engine, containerId);
  if (!container) throw new AppError('not_found', 'The container was removed.');
  return { engine, container };
}

/** Resolves a symbolic link. */
async function follow(engine: Engine, containerId: ContainerId, path: string) {
  const stat = await statPath(engine, containerId, path);
  if (!stat?.linkTarget) return stat && { path, stat };
  const target = await statPath(engine, containerId, stat.linkTarget);
  return target && { path: stat.linkTarget, stat: target };
}

interface Upload {
  /** A directory in the container. */
  directory: string;
  /** The file's name, optionally with folders below the directory. */
  name: string;
  size: number;
  body: ReadableStream<Uint8Array>;
}

/** Streams one file into the container, creating parent folders. Returns its path. */
export async function putFile(workbenchId: WorkbenchId, upload: Upload, userName: string): Promise<string> {
  const directory = readPath(upload.directory, 'directory');
  const name = readPath(`/${upload.name}`, 'name').slice(1);
  if (!name) throw badPath('name', 'The file name is missing.');
  const { engine, container } = await requireContainer(workbenchId);
  const place = await follow(engine, container.id, directory);
  if (!place) throw badPath('directory', `The folder ${directory} does not exist in the container.`);
  if (place.stat.type !== 'directory') throw badPath('directory', `${directory} is not a folder.`);

  const tar = pack();
  const entry = tar.entry({ name, size: upload.size, mode: 0o644, mtime: new Date() });
  const stop = new AbortController();
  const sending = pipeline(Readable.fromWeb(upload.body as never), entry).then(
    () => tar.finalize(),
    (error: unknown) => {
      stop.abort(new AppError('cancelled', `The upload was incomplete: ${messageOf(error)}`));
      tar.destroy();
    },
  );
  await writeArchive(engine, container.id, place.path, tar as unknown as Readable, stop.signal);
  await sending;
  const path = `${place.path === '/' ? '' : place.path}/${name}`;
  await insertFile(workbenchId, { path, size: upload.size, userName });
  return path;
}

interface Taken {
  /** Download name: the file's name, or the folder's with `.tar`. */
  name: string;
  size: number | null;
  stream: Readable;
}

/** The bytes of a file, or a folder as a tar. */
export async function takeFile(workbenchId: WorkbenchId, path: string): Promise<Taken> {
  const asked = readPath(path, 'path');
  const { engine, container } = await requireContainer(workbenchId);
  const found = await follow(engine, container.id, asked);
  if (!found) throw badPath('path', `${asked} does not exist in the container.`);
  const name = asked.split('/').at(-1) || container.name;
  const tar = await readArchive(engine, container.id, found.path);
  if (found.stat.type === 'directory') return { name: `${name}.tar`, size: null, stream: tar };

  const entries = extract();
  pipeline(tar, entries).catch(() => undefined); // the iteration below throws it
  for await (const entry of entries) {
    if (entry.header.type !== 'file') throw badPath('path', `${asked} is neither a file nor a folder.`);
    return { name, size: entry.header.size ?? null, stream: Readable.from(entry as AsyncIterable<Buffer>) };
  }
  throw new AppError('engine_rejected', `The engine returned no data for ${asked}.`);
}
