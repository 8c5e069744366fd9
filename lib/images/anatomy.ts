import 'server-only';
import { createHash } from 'node:crypto';
import { findLayers } from '@/lib/engine/images/images';
import type { HistoryEntry } from '@/lib/engine/images/types';
import { AppError } from '@/lib/errors';
import { type Engine, engineCache } from '@/lib/engine/engine';
import type { ImageId } from '@/lib/ids';
import type { Stratum } from './schema';

/** What of an image never changes while its id is the same, once all of it is unpacked. */
export interface Anatomy {
  layers: number;
  strata: Stratum[];
  /**
   * A key for each layer with all that is below it, base first: two images have a key in common exactly where they share
   * all layers up to there.
   */
  chain: string[];
  /** What each layer of the chain is, the empty ones too; and its bytes. */
  stack: Stratum[];
  /** Null where it is unknown. */
  sizes: (number | null)[];
  /** The same for the entries of the history: tells a child that only changes settings from its parent. */
  lineage: string[];
}

/** Images whose anatomy is kept; about 3 kB each. */
const kept = 5000;
/** Images that are looked at at the same time. */
const atOnce = 8;

/** ms. An image with unknown sizes may be unpacked meanwhile, which no event tells: it is looked at again. */
const unknownAgeMs = 5000;

interface Known {
  anatomy: Anatomy;
  readAt: number;
}

const cache = engineCache('anatomies', () => new Map<string, Known>());

/** Whether all sizes are known, so that nothing of it can change. */
export const isComplete = ({ sizes }: Anatomy): boolean => sizes.every((size) => size !== null);

const isCurrent = ({ anatomy, readAt }: Known): boolean =>
  isComplete(anatomy) || performance.now() - readAt < unknownAgeMs;

const toStratum = ({ kind, size, instruction, comment }: HistoryEntry): Stratum => ({
  kind,
  size,
  label: (instruction || comment || 'Imported').slice(0, 120), // long texts would travel with every page of a list
});

const strataOf = (history: HistoryEntry[]): Stratum[] =>
  history.filter((entry) => !entry.empty).map(toStratum);

/** Sixteen characters for each text together with all before it. */
function keysOf(texts: readonly string[]): string[] {
  let before = '';
  return texts.map((text) => {
    before = createHash('sha1').update(`${before}\n${text}`).digest('base64url').slice(0, 16);
    return before;
  });
}

const addSizes = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? null : one + other;

/** One stratum a layer. Where the engine does not let us tell which entry made which, the bytes go to the last of them. */
function stackOf(layers: readonly string[], history: readonly HistoryEntry[]): Stratum[] {
  // Without a history, as of an image of another platform, nothing is known of the layers.
  const size = history.length > 0 ? 0 : null;
  const stack = layers.map((): Stratum => ({ kind: 'internal', size, label: '' }));
  const unmatched: HistoryEntry[] = [];
  let at = 0;
  let open = -1;
  for (const entry of history) {
    const index = entry.layer === undefined ? -1 : layers.indexOf(entry.layer, at);
    if (index < 0) {
      if (entry.size !== 0) unmatched.push(entry);
      continue;
    }
    if (index > at) open = index - 1;
    stack[index] = toStratum(entry);
    at = index + 1;
  }
  const last = Math.max(at < layers.length ? layers.length - 1 : open, 0);
  const under = stack[last];
  for (const entry of unmatched)
    if (under) stack[last] = { ...toStratum(entry), size: addSizes(stack[last]!.size, entry.size) };
  return stack;
}

const entryText = ({ created, instruction, comment, size }: HistoryEntry) =>
  JSON.stringify([created, instruction, comment, size]);

/** Null for one that is gone, or that the engine does not answer for: its row then has no picture. */
async function look(engine: Engine, id: ImageId): Promise<Anatomy | null> {
  const image = await findLayers(engine, id).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  if (!image) return null;
  const { layers, history } = image;
  const stack = stackOf(layers, history);
  const anatomy = {
    layers: layers.length,
    strata: strataOf(history),
    chain: keysOf(layers),
    stack,
    sizes: stack.map(({ size }) => size),
    lineage: keysOf(history.map(entryText)),
  };
  const known = cache(engine);
  const [oldest] = known.keys();
  if (known.size >= kept && oldest) known.delete(oldest);
  known.set(id, { anatomy, readAt: performance.now() });
  return anatomy;
}

/** One look at each image, however many ask for it. */
const looking = engineCache('anatomy-readings', () => new Map<string, Promise<Anatomy | null>>());

async function lookOnce(engine: Engine, id: ImageId): Promise<Anatomy | null> {
  const known = cache(engine).get(id); // another may have looked while this one was in line
  if (known && isCurrent(known)) return known.anatomy;
  const now = looking(engine).get(id);
  if (now) return now;
  const started = look(engine, id).finally(() => looking(engine).delete(id));
  looking(engine).set(id, started);
  return started;
}

/** The layers of these images, as far as they can be known; without `ask`, as far as they are known already. */
export async function anatomyOf(
  engine: Engine,
  ids: string[],
  { ask }: { ask: boolean },
): Promise<Map<string, Anatomy>> {
  const found = new Map<string, Anatomy>();
  const open = ids.filter((id) => {
    const known = cache(engine).get(id);
    if (known) found.set(id, known.anatomy);
    return !known || !isCurrent(known);
  });
  if (!ask) return found;
  const work = async () => {
    for (let id = open.shift(); id; id = open.shift()) {
      const anatomy = await lookOnce(engine, id);
      if (anatomy) found.set(id, anatomy);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, open.length) }, work));
  return found;
}
