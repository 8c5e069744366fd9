'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { usePulse } from './stream-provider';

/** Reads the page's server data again whenever an operation starts or ends, or the engine comes or goes. */
export function useRefreshOnChange(): void {
  const router = useRouter();
  const { version } = usePulse();
  const seen = useRef(version);
  useEffect(() => {
    if (seen.current === version) return;
    seen.current = version;
    router.refresh();
  }, [version, router]);
}
