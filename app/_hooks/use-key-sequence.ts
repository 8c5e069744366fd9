'use client';

import { useEffect, useRef } from 'react';
import { isTakenKey } from './use-hotkey';

/** Maximum time between the two keys. */
const maxGapMs = 1200;

/** Two keys one after the other: `first`, then a letter. */
export function useKeySequence(first: string, run: (letter: string) => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    let begun = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      if (isTakenKey(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      const key = event.key.toLowerCase();
      if (begun && event.timeStamp - begun < maxGapMs && key !== first) {
        begun = 0;
        // Before single-key shortcuts see the event.
        event.preventDefault();
        latest.current(key);
      } else begun = key === first ? event.timeStamp : 0;
    };
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [first]);
}
