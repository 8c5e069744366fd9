'use client';

import { useEffect } from 'react';
import type { OperationState } from '@/lib/events/state';
import { isEnded, type OperationSummary } from '@/lib/operations/status';
import { useRefresh } from './use-refresh';

/**
 * Refreshes the page's server data when the operation has ended but the page's row has not: the row has more details than
 * the events. They can differ from the start, if it ends between both reads.
 */
export function useRefreshAtEnd({ status }: Pick<OperationSummary, 'status'>, { end }: OperationState): void {
  const refresh = useRefresh();
  const behind = end !== undefined && !isEnded(status);
  useEffect(() => {
    if (behind) refresh();
  }, [behind, refresh]);
}
