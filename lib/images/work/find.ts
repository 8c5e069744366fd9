import 'server-only';
import { importOperation } from '@/lib/images/archives/import';
import { loadOperation } from '@/lib/images/archives/load';
import { pullOperation } from '@/lib/images/pull/pull';
import { removeOperation } from '@/lib/images/removal/remove';
import type { OperationId } from '@/lib/ids';
import type { ImageWork } from './schema';

/** Null for another kind of operation, or none. */
export async function findWork(id: OperationId): Promise<ImageWork | null> {
  const pull = await pullOperation.find(id);
  if (pull) return { kind: 'pull', ...pull };
  const imported = await importOperation.find(id);
  if (imported) return { kind: 'import', ...imported };
  const load = await loadOperation.find(id);
  if (load) return { kind: 'load', ...load };
  const removal = await removeOperation.find(id);
  return removal && { kind: 'remove', ...removal };
}
