'use client';

import type { ReactNode } from 'react';
import { cancelOperation } from '@/app/(dashboard)/operations/actions';
import { OperationPanel } from '@/app/_components/operation-panel/operation-panel';
import type { Crumb } from '@/app/_components/ui/page-header';
import { answered } from '@/app/_hooks/answered';
import { useOperation } from '@/app/_hooks/use-operation';
import { useOperationNow } from '@/app/_hooks/use-operation-now';
import { useRefreshAtEnd } from '@/app/_hooks/use-refresh-at-end';
import type { OperationState } from '@/lib/events/state';
import { isEnded, type OperationSummary } from '@/lib/operations/status';
import { OperationLog } from './operation-log';

/** The page of an operation of any kind: header, content of the kind, steps and logs. */
export function LiveOperation({
  operation,
  initialState,
  mayCancel,
  breadcrumbs,
  actions,
  children,
}: {
  operation: OperationSummary;
  initialState: OperationState;
  mayCancel: boolean;
  breadcrumbs?: Crumb[];
  /** Buttons shown once the operation has ended. */
  actions?: ReactNode;
  /** Between the header and the steps; gets the live state. */
  children?: (state: OperationState) => ReactNode;
}) {
  const live = useOperation(operation.id, initialState);
  const now = useOperationNow(operation, live.state);
  useRefreshAtEnd(operation, live.state);
  const { end } = live.state;
  return (
    <div className="flex flex-col gap-5">
      <OperationPanel
        {...now}
        title={operation.title}
        breadcrumbs={breadcrumbs}
        startedBy={operation.userName}
        queuedAt={operation.queuedAt}
        onCancel={mayCancel ? () => answered(cancelOperation)({ id: operation.id }) : undefined}
        error={end && end.status !== 'succeeded' && end.message ? { message: end.message } : null}
        actions={isEnded(now.status) ? actions : null}
      />
      {children?.(live.state)}
      <OperationLog operationId={operation.id} live={live} />
    </div>
  );
}
