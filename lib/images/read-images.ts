import 'server-only';
import { listImages } from '@/lib/engine/images/images';
import type { ImageSummary } from '@/lib/engine/images/types';
import { AppError, messageOf } from '@/lib/errors';
import { bumpPulse } from '@/lib/operations/pulse';
import { type Engine, engineCache } from '@/lib/engine/engine';
import { orderTags } from './names';
import { requireEngine } from '@/lib/operations/require-engine';
import { imagesVersion } from './watch';

/** ms after which a kept list is read again behind the page: what no event told of is then told by the page itself. */
const freshFor = 3000;

interface Kept {
  images: ImageSummary[] | null;
  /** When it was read, and after which of the engine's changes. */
  at: number;
  /** When, by performance.now(): for its age. */
  readAt: number;
  version: string | null;
  /** A reading on its way; shared by all that may have its answer. */
  reading: { version: string | null; images: Promise<ImageSummary[]> } | null;
}

const kept = engineCache('images', (): Kept => ({
  images: null,
  at: 0,
  readAt: -Infinity,
  version: null,
  reading: null,
}));

/** The engine's answer; one call for all who ask at the same time. */
function read(engine: Engine, version: string | null): Promise<ImageSummary[]> {
  const state = kept(engine);
  if (state.reading && version !== null && state.reading.version === version) return state.reading.images;
  const reading = { version, images: ask(engine, version) };
  state.reading = reading;
  return reading.images.finally(() => {
    if (state.reading === reading) state.reading = null;
  });
}

/** `version` is from before the call: what changes meanwhile makes the answer old at once. */
async function ask(engine: Engine, version: string | null): Promise<ImageSummary[]> {
  const state = kept(engine);
  const images = (await listImages(engine)).map((image) => ({ ...image, tags: orderTags(image.tags) }));
  state.images = images;
  state.at = Date.now();
  state.readAt = performance.now();
  state.version = version;
  return images;
}

const differ = (before: readonly ImageSummary[], now: readonly ImageSummary[]) =>
  JSON.stringify(before) !== JSON.stringify(now);

/** Reads it again behind a page that was answered; pages read again where it has changed. */
async function readBehind(engine: Engine, before: ImageSummary[], version: string): Promise<void> {
  const state = kept(engine);
  if (state.reading) return;
  try {
    const now = await read(engine, version);
    if (differ(before, now)) bumpPulse();
    else if (state.images === now) state.images = before; // the same, with what was reckoned from it
  } catch (error) {
    if (!(error instanceof AppError)) console.error(`Images could not be read: ${messageOf(error)}`);
    state.version = null; // the next page asks, and says what is wrong
  }
}

/**
 * The engine's images, or, while it is away, those that it had when it was last asked. A thousand images take the engine
 * a quarter of a second to list: the list is kept until an event of the engine or a call of ours may have changed it.
 */
export async function readImages(engine: Engine): Promise<{ images: ImageSummary[]; asOf: number | null }> {
  const state = kept(engine);
  try {
    await requireEngine(engine);
    const version = imagesVersion(engine);
    if (state.images && version !== null && version === state.version) {
      if (performance.now() - state.readAt > freshFor) void readBehind(engine, state.images, version);
      return { images: state.images, asOf: null };
    }
    return { images: await read(engine, version), asOf: null };
  } catch (error) {
    const away = error instanceof AppError && error.code.startsWith('engine_');
    if (!away || !state.images) throw error;
    return { images: state.images, asOf: state.at };
  }
}
