import 'server-only';
import type { IncomingMessage } from 'node:http';
import type { Engine } from '@/lib/engine/engine';
import { asAppError, AppError } from '@/lib/errors';
import type { OperationEvent } from '@/lib/events/events';
import { importError, loadError } from './archive-errors';
import { callStream, type EngineCall } from '@/lib/engine/wire/dial';
import { connectionError, isRefusal, orNull, wordsOf } from '@/lib/engine/wire/errors';
import { findImage, getImage, removeImage, tagImage } from './images';
import { readUntilError, type JsonRecord } from '@/lib/engine/wire/json-lines';
import { layerEvents } from './layer-progress';
import { imagePath, parseName } from '@/lib/engine/wire/names';
import { type ArchiveBody, sendBody } from '@/lib/engine/wire/send-body';
import { stepDone } from './transfer';
import type { EngineWork } from '@/lib/engine/types';

interface ImportRequest {
  reference: string;
  /** Name of the image until it is complete; unique, and removed in the end. */
  temporary: string;
  /** Dockerfile instructions: `CMD ["sh"]`. */
  changes: string[];
  /** For the image's history. */
  message: string;
}

interface LoadedImage {
  /** null if the archive has no name for the image. */
  reference: string | null;
  id: string;
}

interface Sending {
  step: string;
  name: string;
  call: EngineCall & { signal: AbortSignal };
  body: ArchiveBody;
  fail: (words: string) => AppError;
  onRecord: (record: JsonRecord) => OperationEvent[];
}

/** Sends an archive as one step and reads the engine's records about it. */
async function* sendArchive(engine: Engine, sending: Sending): AsyncGenerator<OperationEvent, void, void> {
  const { step, name, call, body, fail, onRecord } = sending;
  yield { type: 'step', step, name, kind: 'transfer', started: Date.now() };
  try {
    const headed = { ...call, headers: { 'Content-Type': 'application/x-tar' } };
    const stream = yield* refused(sendBody(engine, step, headed, body), fail);
    for await (const record of readUntilError(stream, fail)) yield* onRecord(record);
  } catch (thrown) {
    const error = asAppError(connectionError(thrown, engine.address, call.signal));
    yield { type: 'step', step, completed: Date.now(), error: error.message };
    throw error;
  }
}

/** An error status before the first record is about the archive, too. */
async function* refused<R>(work: EngineWork<R>, fail: (words: string) => AppError): EngineWork<R> {
  try {
    return yield* work;
  } catch (thrown) {
    throw isRefusal(thrown) ? fail(wordsOf(thrown)) : thrown;
  }
}

const log = (step: string, text: string): OperationEvent => ({ type: 'log', step, stream: 'stdout', text });

const idOnly = /^(?:sha256:)?[a-f0-9]{64}$/;

/** Untags an image of an import, and so removes it where it has no other name. */
export async function dropTemporary(engine: Engine, temporary: string): Promise<boolean> {
  return (await orNull(removeImage(engine, temporary, { force: true }))) !== null;
}

/**
 * Creates a base image with one layer from a root file system. Succeeds only if the engine then has it. The engine
 * names it before it is complete (containerd store), so the reference is its name only once it is.
 */
export async function* importImage(
  engine: Engine,
  body: ArchiveBody,
  { reference, temporary, changes, message }: ImportRequest,
  signal: AbortSignal,
): EngineWork<{ id: string }> {
  const step = 'import';
  const { repository, tag = 'latest', digest } = parseName(reference);
  if (digest) throw new AppError('invalid_input', 'A digest cannot be used as a name.');
  const { repository: repo, tag: temporaryTag } = parseName(temporary);
  let isDone = false;
  try {
    yield* sendArchive(engine, {
      step,
      name: `Import ${repository}:${tag}`,
      call: {
        method: 'POST',
        path: '/images/create',
        query: { fromSrc: '-', repo, tag: temporaryTag, changes, message: message || undefined },
        signal,
      },
      body,
      fail: importError,
      onRecord: ({ status }) => (typeof status === 'string' ? [log(step, `${status}\n`)] : []),
    });
    const { id } = await getImage(engine, temporary);
    await tagImage(engine, id, reference);
    isDone = true;
    yield stepDone(step);
    return { id };
  } finally {
    const dropped = dropTemporary(engine, temporary);
    await (isDone ? dropped : dropped.catch(() => undefined)); // why the import failed says more
  }
}

/** The references that a line of the engine reports as loaded, or the id of an image without one. */
export function loadedIn(text: string): string[] {
  const match = /^Loaded image(?:\(s\))?(?: ID)?: (.+)$/.exec(text.trim());
  return match ? match[1]!.split(',').map((name) => name.trim()) : [];
}

/** Loads the images of an archive. Succeeds only if the engine then has each of them. */
export async function* loadImages(
  engine: Engine,
  body: ArchiveBody,
  signal: AbortSignal,
): EngineWork<LoadedImage[]> {
  const step = 'load';
  const { toEvents } = layerEvents(step);
  const names: string[] = [];
  yield* sendArchive(engine, {
    step,
    name: 'Load the images',
    call: { method: 'POST', path: '/images/load', query: { quiet: false }, signal },
    body,
    fail: loadError,
    onRecord(record) {
      const { stream, status } = record;
      if (typeof stream === 'string') {
        names.push(...loadedIn(stream));
        return [log(step, stream)];
      }
      return typeof status === 'string' ? toEvents(record) : [];
    },
  });
  const found = await Promise.all([...new Set(names)].map((name) => findLoaded(engine, name)));
  if (found.length === 0) {
    const error = new AppError('engine_rejected', 'The engine finished loading without naming an image.', {
      hint: 'The archive may be empty. Check the image list and the log of the engine.',
    });
    yield { type: 'step', step, completed: Date.now(), error: error.message };
    throw error;
  }
  yield stepDone(step);
  return found;
}

async function findLoaded(engine: Engine, name: string): Promise<LoadedImage> {
  const image = await findImage(engine, name);
  if (!image)
    throw new AppError('engine_rejected', `The engine reported ${name} as loaded, but has no such image.`);
  return { reference: idOnly.test(name) ? null : name, id: image.id };
}

/**
 * Images as one archive, as from `docker save`. Without a time limit: an engine with overlay2 writes the archive to its
 * disk before it sends the first byte.
 */
export function saveImages(
  engine: Engine,
  names: readonly string[],
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const [only] = names;
  if (only === undefined) throw new AppError('invalid_input', 'Choose an image to save.');
  if (names.length === 1) return callStream(engine, { path: `/images/${imagePath(only)}/get`, signal });
  for (const name of names) imagePath(name);
  return callStream(engine, { path: '/images/get', query: { names: [...names] }, signal });
}
