import 'server-only';
import { emptyState, type OperationState, reduce } from '@/lib/events/state';
import type { OperationId } from '@/lib/ids';
import { decodeChunk } from './chunks';
import { findSnapshot, listChunks } from './event-store';

/** The state with every stored event in it: the stored snapshot, and the events after it. */
export async function loadState(id: OperationId): Promise<OperationState> {
  const snapshot = await findSnapshot(id);
  if (!snapshot) return emptyState;
  let { state } = snapshot;
  while (state.seq < snapshot.lastSeq) {
    const chunks = await listChunks(id, state.seq, 8);
    if (!chunks.length) break;
    for (const chunk of chunks) state = reduce(state, decodeChunk(chunk.data));
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return state;
}
