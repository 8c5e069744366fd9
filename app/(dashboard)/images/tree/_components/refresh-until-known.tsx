'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/** ms. The server reads a few hundred images a second. */
const every = 2000;

/** Reads the page's server data again until it no longer renders this. */
export function RefreshUntilKnown() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), every);
    return () => clearInterval(timer);
  }, [router]);
  return null;
}
