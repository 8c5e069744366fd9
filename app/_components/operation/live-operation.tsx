'use client';

import type { ReactNode } from 'react';
import { cancelOperation } from '@/app/(dashboard)/operations/actions';
import { ErrorState } from '@/app/_components/ui/error-state';
import { PageHeader } from '@/app/_components/ui/page-header';
import { useOperation } from '@/app/_hooks/use-operation';
import { useRefreshAtEnd } from '@/app/_hooks/use-refresh-at-end';
import type { OperationState } from '@/lib/events/state';
import { isEnded, type OperationSummary } from '@/lib/operations/schema';
import { CancelButton } from './cancel-button';
import { OperationLog } from './operation-log';
import { OperationMeta, useOperationNow } from './operation-meta';

/** A whole page for an operation of any kind: head, what a kind shows of its own, steps and logs. */
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
  breadcrumbs?: { label: string; href: string }[];
  /** Buttons of the kind, once it has ended. */
  actions?: ReactNode;
  /** Between the head and the steps; gets the live state. */
  children?: (state: OperationState) => ReactNode;
}) {
  const live = useOperation(operation.id, initialState);
  const now = useOperationNow(operation, live.state);
  useRefreshAtEnd(live.state);
  const { end } = live.state;
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        title={operation.title}
        breadcrumbs={breadcrumbs}
        meta={<OperationMeta operation={operation} now={now} />}
        actions={
          isEnded(now.status) ? (
            actions
          ) : mayCancel ? (
            <CancelButton cancelling={now.cancelling} cancel={() => cancelOperation({ id: operation.id })} />
          ) : null
        }
      />
      {end && end.status !== 'succeeded' && end.message ? (
        <ErrorState error={{ message: end.message }} />
      ) : null}
      {children?.(live.state)}
      <OperationLog operationId={operation.id} live={live} />
    </div>
  );
}
