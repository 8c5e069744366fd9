'use client';

import { useEffect } from 'react';
import { useRefresh } from '@/app/_hooks/use-refresh';

// The server reads a few hundred images per second.
const refreshEveryMs = 2000;

/** Refreshes the page's server data for as long as it is rendered. */
export function RefreshUntilKnown() {
  const refresh = useRefresh();
  useEffect(() => {
    const timer = setInterval(refresh, refreshEveryMs);
    return () => clearInterval(timer);
  }, [refresh]);
  return null;
}
