import 'server-only';
import { findImage } from '@/lib/engine/images';
import type { HistoryEntry } from '@/lib/engine/types';
import { AppError } from '@/lib/errors';
import { remember } from '@/lib/remember';
import type { Stratum } from './schema';

/** What of an image never changes while its id is the same. */
export interface Anatomy {
  layers: number;
  strata: Stratum[];
}

/** Images whose anatomy is kept; about 2 kB each. */
const kept = 5000;
/** Images that are looked at at the same time. */
const atOnce = 8;

const cache = () => remember('image-anatomy', () => new Map<string, Anatomy>());

export const strataOf = (history: HistoryEntry[]): Stratum[] =>
  history
    .filter((entry) => !entry.empty)
    .map(({ kind, size, instruction, comment }) => ({
      kind,
      size,
      label: instruction || comment || 'Imported',
    }));

/** Null for one that is gone, or that the engine does not answer for: its row then has no picture. */
async function look(id: string): Promise<Anatomy | null> {
  const image = await findImage(id).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  if (!image) return null;
  // The list needs no long texts: they would travel with every page of it.
  const strata = strataOf(image.history).map((layer) => ({ ...layer, label: layer.label.slice(0, 120) }));
  const anatomy = { layers: image.layers.length, strata };
  const known = cache();
  const [oldest] = known.keys();
  if (known.size >= kept && oldest) known.delete(oldest);
  known.set(id, anatomy);
  return anatomy;
}

/** The layers of these images, as far as they can be known; without `ask`, as far as they are known already. */
export async function anatomyOf(ids: string[], { ask }: { ask: boolean }): Promise<Map<string, Anatomy>> {
  const found = new Map<string, Anatomy>();
  const open = ids.filter((id) => {
    const known = cache().get(id);
    if (known) found.set(id, known);
    return !known;
  });
  if (!ask) return found;
  const work = async () => {
    for (let id = open.shift(); id; id = open.shift()) {
      const anatomy = await look(id);
      if (anatomy) found.set(id, anatomy);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return found;
}
