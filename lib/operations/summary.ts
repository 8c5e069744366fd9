import 'server-only';
import { findKind } from './kinds';
import { operationHref, operationStatus, type OperationSummary } from './schema';

/** What a summary is made of. */
export const summaryFields = {
  id: true,
  kind: true,
  status: true,
  title: true,
  engineId: true,
  userName: true,
  parentId: true,
  queuedAt: true,
  startedAt: true,
  endedAt: true,
  cancelledAt: true,
  errorCode: true,
  errorMessage: true,
} as const;

export interface SummaryRow extends Omit<
  OperationSummary,
  'href' | 'status' | 'queuedAt' | 'startedAt' | 'endedAt' | 'cancelledAt'
> {
  status: string;
  queuedAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  cancelledAt: Date | null;
}

export const toSummary = (row: SummaryRow): OperationSummary => ({
  ...row,
  href: (findKind(row.kind)?.href ?? operationHref)(row.id),
  status: operationStatus.parse(row.status),
  queuedAt: row.queuedAt.getTime(),
  startedAt: row.startedAt?.getTime() ?? null,
  endedAt: row.endedAt?.getTime() ?? null,
  cancelledAt: row.cancelledAt?.getTime() ?? null,
});
