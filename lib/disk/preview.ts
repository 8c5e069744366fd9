import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { listContainerIds } from '@/lib/workbenches/store';
import { isAlive } from '@/lib/containers/schema';
import type { DiskUse } from '@/lib/engine/system/disk';
import { requireEngine } from '@/lib/operations/require-engine';
import { measuredUse } from './measure';
import type { Prunable, PruneItem, PrunePreview } from './schema';
import { ownCache, summarise } from './summary';

const bySize = (a: PruneItem, b: PruneItem) => b.size - a.size || a.name.localeCompare(b.name);

function stoppedContainers({ containers }: DiskUse): PruneItem[] {
  return containers
    .filter(({ state }) => !isAlive(state) && state !== 'removing')
    .map(({ id, name, image, state, size }) => ({
      id,
      name,
      detail: `${state}, ${image}`,
      size,
      suggested: true,
    }))
    .toSorted(bySize);
}

function unusedVolumes({ volumes }: DiskUse): PruneItem[] {
  return volumes
    .filter(({ users }) => users === 0)
    .map(({ name, anonymous, size }) => ({
      id: name,
      name: anonymous ? name.slice(0, 12) : name,
      detail: anonymous ? 'without a name' : 'has a name: somebody may want its data',
      size,
      suggested: anonymous,
    }))
    .toSorted(bySize);
}

export function previewOf(what: Prunable, use: DiskUse): PrunePreview {
  if (what === 'containers') return { what, items: stoppedContainers(use) };
  if (what === 'volumes') return { what, items: unusedVolumes(use) };
  const all = summarise({ ...use, cache: use.cache.map((one) => ({ ...one, shared: false })) }).cache;
  const { cache: unshared } = summarise({ ...use, cache: ownCache(use) });
  return { what, unshared, all };
}

/** Workbenches contain manual work that exists nowhere else: their containers are not selected by default. */
function keepWorkbenches(workbenches: ReadonlySet<string>, preview: PrunePreview): PrunePreview {
  if (preview.what !== 'containers') return preview;
  const items = preview.items.map((item) =>
    workbenches.has(item.id) ? { ...item, detail: `workbench, ${item.detail}`, suggested: false } : item,
  );
  return { ...preview, items };
}

/** A preview, measured now: takes as long as the engine's measurement. */
export async function previewPrune(engine: Engine, what: Prunable): Promise<PrunePreview> {
  await requireEngine(engine);
  return keepWorkbenches(await listContainerIds(), previewOf(what, await measuredUse(engine)));
}
