'use client';

import type { OperationState } from '@/lib/events/state';
import { formatBytes } from '@/lib/format/bytes';
import { formatCount } from '@/lib/format/text';
import type { UnpackResult } from '@/lib/projects/schema';
import { readUnpackResult } from '@/app/(dashboard)/projects/actions';
import { FollowProgress } from '@/app/(dashboard)/projects/_components/follow-progress';
import { answered } from '@/app/_hooks/answered';
import type { OperationId } from '@/lib/ids';

function figuresOf(name: string, { steps }: OperationState) {
  const bars = steps[0]?.progress ?? [];
  const current = (id: string) => bars.find((bar) => bar.id === id)?.current ?? 0;
  const read = bars.find((bar) => bar.id === 'read');
  const entries = current('entries');
  return {
    label: `Unpacking ${name}`,
    share: read?.total ? (read.current ?? 0) / read.total : null,
    detail: entries
      ? `${formatCount(entries, 'entry', 'entries')} · ${formatBytes(current('unpacked'))}`
      : undefined,
  };
}

/** Follows the unpacking of an upload, and reports its result. */
export function UnpackProgress({
  name,
  ...props
}: {
  operationId: OperationId;
  name: string;
  onDone: (result: UnpackResult, warnings: string[]) => void;
  /** Returns to the selection of the upload. */
  onAgain: () => void;
}) {
  return (
    <FollowProgress
      {...props}
      figures={(state) => figuresOf(name, state)}
      words={{
        cancelled: 'Unpacking was cancelled',
        failed: `${name} could not be unpacked`,
        again: 'Select another source',
        lost: 'Unpacked, but the server did not answer.',
      }}
      readResult={answered(readUnpackResult)}
    />
  );
}
