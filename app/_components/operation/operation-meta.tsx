'use client';

import { StatusMark } from '@/app/_components/ui/status-mark';
import { Duration, RelativeTime } from '@/app/_components/ui/time';
import { usePulse } from '@/app/_hooks/stream-provider';
import {
  type ActiveOperation,
  isEnded,
  type OperationStatus,
  type OperationSummary,
} from '@/lib/operations/schema';
import type { OperationState } from '@/lib/events/state';

const place = (position: number) => (position === 1 ? 'next in line' : `number ${position} in line`);

export interface OperationNow {
  status: OperationStatus;
  cancelling: boolean;
  active: ActiveOperation | undefined;
}

/** How an operation is at this moment: the stream knows its end first, the pulse its place in line. */
export function useOperationNow(operation: OperationSummary, state: OperationState): OperationNow {
  const active = usePulse().active.find((other) => other.id === operation.id);
  const begun = state.seq > 0 && operation.status === 'queued' ? 'running' : operation.status;
  const status = state.end?.status ?? active?.status ?? begun;
  const asked = (active?.cancelledAt ?? operation.cancelledAt) !== null;
  return { status, cancelling: asked && !isEnded(status), active };
}

/** Status, place in line, time taken, who and when. */
export function OperationMeta({ operation, now }: { operation: OperationSummary; now: OperationNow }) {
  const ended = isEnded(now.status);
  const started = now.active?.startedAt ?? operation.startedAt;
  const detail = now.cancelling ? 'stopping…' : now.active?.position ? place(now.active.position) : undefined;
  return (
    <>
      <StatusMark status={now.status} detail={detail} />
      {started === null ? null : (
        <Duration from={started} to={ended ? operation.endedAt : null} live={!ended} />
      )}
      <span>
        {operation.userName ? `${operation.userName}, ` : ''}
        <RelativeTime at={operation.queuedAt} />
      </span>
    </>
  );
}
