import 'server-only';
import type { ImageSummary } from '@/lib/engine/images/types';
import { messageOf } from '@/lib/errors';
import { anatomyOf } from '@/lib/images/anatomy';
import { remember } from '@/lib/remember';
import { type Shares, sharesOf } from './shares';

const learning = () => remember('learning-layers', () => ({ now: null as Promise<void> | null }));

/** Looks at the images that nobody has looked at yet, in the background: the next page knows them. */
async function learn(ids: string[]): Promise<void> {
  try {
    await anatomyOf(ids, { ask: true });
  } catch (error) {
    console.error(`Layers of images could not be read: ${messageOf(error)}`);
  } finally {
    learning().now = null;
  }
}

/** One reading at a time, whoever asks. Never rejects. */
export const learnLayers = (ids: string[]): Promise<void> => (learning().now ??= learn(ids));

/** By the list that they are of: it is the same one until an image comes or goes. */
const reckoned = new WeakMap<readonly ImageSummary[], Shares>();

/** What images share, where the layers of all of them are known; null until then. Nobody waits for the engine here. */
export async function knownShares(
  images: readonly ImageSummary[],
  { ask }: { ask: boolean },
): Promise<Shares | null> {
  const before = reckoned.get(images);
  if (before) return before;
  const ids = images.map(({ id }) => id);
  const anatomies = await anatomyOf(ids, { ask: false });
  if (anatomies.size === ids.length) {
    const shares = sharesOf(ids.map((id) => ({ id, ...anatomies.get(id)! })));
    reckoned.set(images, shares);
    return shares;
  }
  if (ask) void learnLayers(ids);
  return null;
}
