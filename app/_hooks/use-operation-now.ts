'use client';

import type { OperationState } from '@/lib/events/state';
import { isEnded, type OperationStatus, type OperationSummary } from '@/lib/operations/status';
import { usePulse } from './stream-provider';

export interface OperationNow {
  status: OperationStatus;
  cancelling: boolean;
  /** Place in its lane, while queued. */
  position: number | null;
  startedAt: number | null;
  endedAt: number | null;
}

/** The current status of an operation: its end from the stream, its place in the queue from the pulse. */
export function useOperationNow(operation: OperationSummary, state: OperationState): OperationNow {
  const active = usePulse().active.find((other) => other.id === operation.id);
  const begun = state.seq > 0 && operation.status === 'queued' ? 'running' : operation.status;
  const status = state.end?.status ?? active?.status ?? begun;
  const ended = isEnded(status);
  return {
    status,
    cancelling: !ended && (active?.cancelledAt ?? operation.cancelledAt) !== null,
    position: ended ? null : (active?.position ?? null),
    startedAt: active?.startedAt ?? operation.startedAt,
    endedAt: ended ? operation.endedAt : null,
  };
}
