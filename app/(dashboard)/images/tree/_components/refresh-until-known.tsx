'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

// The server reads a few hundred images per second.
const refreshEveryMs = 2000;

/** Refreshes the page's server data for as long as it is rendered. */
export function RefreshUntilKnown() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), refreshEveryMs);
    return () => clearInterval(timer);
  }, [router]);
  return null;
}
