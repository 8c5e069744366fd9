'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { usePulse } from './stream-provider';

/** Reads the page's server data again whenever the mark is another one than it was read with. */
function useRefreshWith(mark: string | number): void {
  const router = useRouter();
  const seen = useRef(mark);
  useEffect(() => {
    if (seen.current === mark) return;
    seen.current = mark;
    router.refresh();
  }, [mark, router]);
}

/** Reads the page again whenever an operation starts or ends, or the engine comes or goes. */
export function useRefreshOnChange(): void {
  useRefreshWith(usePulse().version);
}

/** Reads the page again whenever a container changes, or the engine comes or goes. */
export function useRefreshOnContainers(): void {
  const { containers, engine } = usePulse();
  useRefreshWith(`${containers} ${engine.state}`);
}
