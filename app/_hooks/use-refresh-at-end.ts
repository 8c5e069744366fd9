'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import type { OperationState } from '@/lib/events/state';
import { isEnded, type OperationSummary } from '@/lib/operations/status';

/**
 * Reads the page's server data again when the operation has ended and the page's row of it does not know yet: the row has
 * more to say than the events. They may differ from the first: it ends between the reading of the one and of the others.
 */
export function useRefreshAtEnd({ status }: Pick<OperationSummary, 'status'>, { end }: OperationState): void {
  const router = useRouter();
  const behind = end !== undefined && !isEnded(status);
  useEffect(() => {
    if (behind) router.refresh();
  }, [behind, router]);
}
