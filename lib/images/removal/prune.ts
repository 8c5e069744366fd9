import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { listImageUsers } from '@/lib/engine/images/images';
import type { ImageSummary } from '@/lib/engine/images/types';
import { readImages } from '@/lib/images/read-images';
import { requireEngine } from '@/lib/operations/require-engine';
import { imageAges } from '@/lib/images/schema';
import { hasLabel } from '@/lib/images/select';
import { previewRemoval } from './plan';
import { mostRemoved, type PruneFilter, type RemovalPlan } from './schema';

/** What a clean-up would take: never what any container was made from. */
export function chooseForPrune(
  images: readonly ImageSummary[],
  inUse: ReadonlySet<string>,
  { which, age, keep }: PruneFilter,
  now = Date.now(),
): ImageSummary[] {
  return images
    .filter(({ id, tags }) => !inUse.has(id) && (which === 'unused' || tags.length === 0))
    .filter(({ created }) => age === '' || now - created >= imageAges[age].age)
    .filter((image) => keep === '' || !hasLabel(image, keep));
}

/** The plan of a clean-up, the largest image first. Nothing is removed. */
export async function previewPrune(engine: Engine, filter: PruneFilter): Promise<RemovalPlan> {
  await requireEngine(engine);
  const [{ images }, users] = await Promise.all([readImages(engine), listImageUsers(engine)]);
  const chosen = chooseForPrune(images, new Set(users.keys()), filter);
  if (chosen.length === 0) return { images: [], room: { bytes: 0, isLeast: false }, heldByStopped: 0 };
  const ids = chosen.slice(0, mostRemoved).map(({ id }) => id);
  const plan = await previewRemoval(engine, { ids, withStopped: false });
  return { ...plan, images: plan.images.toSorted((a, b) => b.size - a.size) };
}
