import 'server-only';
import type { ImageSummary } from '@/lib/engine/images/types';
import { messageOf } from '@/lib/errors';
import { anatomyOf, isComplete } from '@/lib/images/anatomy';
import { type Engine, engineCache } from '@/lib/engine/engine';
import { type Shares, sharesOf } from './shares';

const learning = engineCache('layer-readings', () => ({ now: null as Promise<void> | null }));

/** Looks at the images that nobody has looked at yet, in the background: the next page knows them. */
async function learn(engine: Engine, ids: string[]): Promise<void> {
  try {
    await anatomyOf(engine, ids, { ask: true });
  } catch (error) {
    console.error(`Layers of images could not be read: ${messageOf(error)}`);
  } finally {
    learning(engine).now = null;
  }
}

/** One reading at a time, whoever asks. Never rejects. */
export const learnLayers = (engine: Engine, ids: string[]): Promise<void> =>
  (learning(engine).now ??= learn(engine, ids));

/** By the list that they are of: it is the same one until an image comes or goes. */
const reckoned = new WeakMap<readonly ImageSummary[], Shares>();

/** What images share, where the layers of all of them are known; null until then. Nobody waits for the engine here. */
export async function knownShares(
  engine: Engine,
  images: readonly ImageSummary[],
  { ask }: { ask: boolean },
): Promise<Shares | null> {
  const before = reckoned.get(images);
  if (before) return before;
  const ids = images.map(({ id }) => id);
  const anatomies = await anatomyOf(engine, ids, { ask: false });
  if (anatomies.size === ids.length) {
    const shares = sharesOf(ids.map((id) => ({ id, ...anatomies.get(id)! })));
    if ([...anatomies.values()].every(isComplete)) reckoned.set(images, shares);
    else if (ask) void learnLayers(engine, ids);
    return shares;
  }
  if (ask) void learnLayers(engine, ids);
  return null;
}
