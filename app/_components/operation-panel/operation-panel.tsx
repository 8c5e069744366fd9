'use client';

import { Square } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { queuePosition } from '@/app/_components/queue-position';
import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';
import { Button } from '@/app/_components/ui/button';
import { ErrorState, type ShownError } from '@/app/_components/ui/error-state';
import { type Crumb, PageHeader } from '@/app/_components/ui/page-header';
import { type Status, StatusMark } from '@/app/_components/ui/status-mark';
import { Duration, RelativeTime } from '@/app/_components/ui/time';

interface OperationPanelProps {
  title: ReactNode;
  breadcrumbs?: Crumb[];
  status: Extract<Status, 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'interrupted'>;
  startedBy?: string | null;
  /** Milliseconds since 1970. */
  queuedAt: number;
  startedAt?: number | null;
  endedAt?: number | null;
  /** Place in the queue, from 1. */
  position?: number | null;
  /** The cancel was requested and the operation has not ended yet. */
  cancelling?: boolean;
  /** Undefined if it cannot be cancelled, or not by this user. */
  onCancel?: () => Promise<{ ok: true } | ({ ok: false } & ShownError)>;
  /** What a cancel ends and what it keeps, for the confirmation. */
  cancelText?: ReactNode;
  error?: ShownError | null;
  /** Where the error can be resolved. */
  errorAction?: ReactNode;
  /** Additional facts. */
  meta?: ReactNode;
  /** Actions after the end: run again, push. */
  actions?: ReactNode;
}

/** The header of an operation's page: name, status, times, user and cancel button. */
export function OperationPanel(props: OperationPanelProps) {
  const { status, startedAt, endedAt, error } = props;
  const [asking, setAsking] = useState(false);
  const over = status !== 'queued' && status !== 'running';
  return (
    <div>
      <PageHeader
        title={props.title}
        breadcrumbs={props.breadcrumbs}
        meta={
          <>
            <span role="status">
              <StatusMark status={status} detail={detailOf(props)} />
            </span>
            {startedAt ? (
              <span>
                {over ? 'took ' : null}
                <Duration from={startedAt} to={endedAt} live={!over} />
              </span>
            ) : null}
            <span>
              {startedAt ? 'started' : 'queued'} <RelativeTime at={startedAt ?? props.queuedAt} />
              {props.startedBy ? ` by ${props.startedBy}` : null}
            </span>
            {props.meta}
          </>
        }
        actions={
          <>
            {props.actions}
            {props.onCancel && !over ? (
              <Button
                icon={<Square aria-hidden />}
                pending={props.cancelling}
                onClick={() => setAsking(true)}
              >
                {props.cancelling ? 'Cancelling' : 'Cancel'}
              </Button>
            ) : null}
          </>
        }
      />
      {error ? (
        <div className="mb-5">
          <ErrorState error={error} action={props.errorAction} />
        </div>
      ) : null}
      {props.onCancel ? (
        <ConfirmDialog
          open={asking && !over}
          onOpenChange={setAsking}
          title="Cancel this operation?"
          confirmLabel={status === 'queued' ? 'Remove from queue' : 'Cancel it'}
          cancelLabel="Keep running"
          onConfirm={props.onCancel}
        >
          {props.cancelText ?? (
            <p>The history keeps what was done so far. Existing images are not changed.</p>
          )}
        </ConfirmDialog>
      ) : null}
    </div>
  );
}

function detailOf({ status, position, cancelling }: OperationPanelProps): string | undefined {
  if (cancelling) return 'cancelling…';
  if (status === 'queued' && position) return queuePosition(position);
  return undefined;
}
