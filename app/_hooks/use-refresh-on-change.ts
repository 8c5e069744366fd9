'use client';

import { useEffect, useRef } from 'react';
import { usePulse } from './stream-provider';
import { useRefresh } from './use-refresh';

/** Refreshes the page's server data when the mark changes. */
function useRefreshWith(mark: string | number): void {
  const refresh = useRefresh();
  const seen = useRef(mark);
  useEffect(() => {
    if (seen.current === mark) return;
    seen.current = mark;
    refresh();
  }, [mark, refresh]);
}

/** Refreshes the page when an operation starts or ends, or the engine status changes. */
export function useRefreshOnChange(): void {
  useRefreshWith(usePulse().version);
}

/** Refreshes the page when an image changes, also by another client, or as useRefreshOnChange does. */
export function useRefreshOnImages(): void {
  const { images, version } = usePulse();
  useRefreshWith(`${images} ${version}`);
}

/** Refreshes the page when a container changes, or the engine status changes. */
export function useRefreshOnContainers(): void {
  const { containers, engine } = usePulse();
  useRefreshWith(`${containers} ${engine.state}`);
}
