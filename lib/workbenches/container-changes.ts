import 'server-only';
import { containerChanges } from '@/lib/engine/containers/files';
import { getEngine } from '@/lib/engine/engines';
import type { WorkbenchId } from '@/lib/ids';
import { changesBetween, emptySnapshot, kindsOf } from './changes';
import type { PathChange } from './schema';
import { getWorkbench } from './store';

/** Paths of one answer. */
const shown = 5000;

/** What differs from the image now; directories only where they themselves do. */
export async function readContainerChanges(
  id: WorkbenchId,
): Promise<{ changes: PathChange[]; total: number }> {
  const { engineId, containerId } = await getWorkbench(id);
  const kinds = kindsOf(await containerChanges(getEngine(engineId), containerId));
  const changes = changesBetween(emptySnapshot, { kinds, stamps: new Map() });
  return { changes: changes.slice(0, shown), total: changes.length };
}
