'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import type { OperationState } from '@/lib/events/state';

/** Reads the page's server data again when the operation ends: its row has more to say than its events. */
export function useRefreshAtEnd(state: OperationState): void {
  const router = useRouter();
  const ended = state.end !== undefined;
  const known = useRef(ended);
  useEffect(() => {
    if (!ended || known.current) return;
    known.current = true;
    router.refresh();
  }, [ended, router]);
}
