'use client';

import { useEffect, useRef, useState } from 'react';
import type { FoundLines, LogSource } from './log-source';

// Pause in typing before a search.
const searchDelayMs = 200;
// Interval of repeated searches in a growing log.
const repeatMs = 2000;

export interface LogSearch {
  query: string;
  setQuery: (query: string) => void;
  state: 'none' | 'searching' | 'found' | 'failed';
  found: FoundLines;
  /** Index of the current match in `found.lines`. */
  at: number;
  /** Line of the current match. */
  current: number | undefined;
  go: (by: 1 | -1) => void;
}

const nothing: FoundLines = { lines: [], total: 0, capped: false };

/** Searches the whole log, not only the loaded lines. `onCurrent` gets the line to scroll to. */
export function useLogSearch(
  source: LogSource,
  live: boolean,
  firstVisible: () => number,
  onCurrent: (line: number) => void,
): LogSearch {
  const [query, setQueryOnly] = useState('');
  const [state, setState] = useState<LogSearch['state']>('none');
  const [found, setFound] = useState(nothing);
  const [at, setAt] = useState(-1);
  const jumped = useRef('');
  const latest = useRef({ source, firstVisible, onCurrent });
  useEffect(() => {
    latest.current = { source, firstVisible, onCurrent };
  });

  useEffect(() => {
    if (!query) return;
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    let searched = -1;
    // When a log ends, it is searched once more without scrolling.
    const isNew = jumped.current !== query;
    const run = async (first: boolean) => {
      const { total } = latest.current.source;
      if (total !== searched) {
        try {
          const result = await latest.current.source.search(query, controller.signal);
          if (controller.signal.aborted) return;
          searched = total;
          setFound(result);
          setState('found');
          if (first) {
            jumped.current = query;
            const from = latest.current.firstVisible();
            const next = result.lines.findIndex((line) => line >= from);
            const place = result.lines.length ? Math.max(0, next) : -1;
            setAt(place);
            const line = result.lines[place];
            if (line !== undefined) latest.current.onCurrent(line);
          }
        } catch {
          // Reported by `failed`; there is no further detail.
          if (controller.signal.aborted) return;
          setState('failed');
        }
      }
      if (live) timer = setTimeout(() => void run(false), repeatMs);
    };
    timer = setTimeout(() => void run(isNew), searchDelayMs);
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, [query, live]);

  const setQuery = (next: string) => {
    setQueryOnly(next);
    jumped.current = '';
    setState(next ? 'searching' : 'none');
    if (next) return;
    setFound(nothing);
    setAt(-1);
  };

  const go = (by: 1 | -1) => {
    const count = found.lines.length;
    if (count === 0) return;
    const next = (at + by + count) % count;
    setAt(next);
    onCurrent(found.lines[next]!);
  };

  return { query, setQuery, state, found, at, current: found.lines[at], go };
}
