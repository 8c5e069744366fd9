import 'server-only';
import { createHash } from 'node:crypto';
import { findLayers } from '@/lib/engine/images/images';
import type { HistoryEntry } from '@/lib/engine/images/types';
import { AppError } from '@/lib/errors';
import { type Engine, engineCache } from '@/lib/engine/engine';
import type { ImageId } from '@/lib/ids';
import type { Stratum } from './schema';

/** What of an image never changes while its id is the same. */
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
  sizes: number[];
  /** The same for the entries of the history: tells a child that only changes settings from its parent. */
  lineage: string[];
}

/** Images whose anatomy is kept; about 3 kB each. */
const kept = 5000;
/** Images that are looked at at the same time. */
const atOnce = 8;

const cache = engineCache('anatomies', () => new Map<string, Anatomy>());

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

/** One stratum a layer. Where the engine does not let us tell which entry made which, the bytes go to the last of them. */
function stackOf(layers: readonly string[], history: readonly HistoryEntry[]): Stratum[] {
  const stack = layers.map((): Stratum => ({ kind: 'internal', size: 0, label: '' }));
  const unmatched: HistoryEntry[] = [];
  let at = 0;
  let open = -1;
  for (const entry of history) {
    const index = entry.layer === undefined ? -1 : layers.indexOf(entry.layer, at);
    if (index < 0) {
      if (entry.size > 0) unmatched.push(entry);
      continue;
    }
    if (index > at) open = index - 1;
    stack[index] = toStratum(entry);
    at = index + 1;
  }
  const last = Math.max(at < layers.length ? layers.length - 1 : open, 0);
  const under = stack[last];
  for (const entry of unmatched)
    if (under) stack[last] = { ...toStratum(entry), size: stack[last]!.size + entry.size };
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
  known.set(id, anatomy);
  return anatomy;
}

/** One look at each image, however many ask for it. */
const looking = engineCache('anatomy-readings', () => new Map<string, Promise<Anatomy | null>>());

async function lookOnce(engine: Engine, id: ImageId): Promise<Anatomy | null> {
  const now = cache(engine).get(id) ?? looking(engine).get(id); // another may have looked while this one was in line
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
    if (known) found.set(id, known);
    return !known;
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
