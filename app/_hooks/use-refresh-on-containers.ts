'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { usePulse } from './stream-provider';

/** Reads the page's server data again whenever a container changes, or the engine comes or goes. */
export function useRefreshOnContainers(): void {
  const router = useRouter();
  const { containers, engine } = usePulse();
  const mark = `${containers} ${engine.state}`;
  const seen = useRef(mark);
  useEffect(() => {
    if (seen.current === mark) return;
    seen.current = mark;
    router.refresh();
  }, [mark, router]);
}
