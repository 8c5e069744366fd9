import 'server-only';
import type { OperationId } from '@/lib/ids';
import type { Ending } from './event-store';
import { loadState } from './load-state';
import { openRecorder } from './recorder';

/** Ends an operation that no run of this process owns (still queued, or left by a crash), keeping what it had stored. */
export async function endNow(id: OperationId, ending: Ending): Promise<void> {
  await openRecorder(id, await loadState(id)).end(ending);
}
