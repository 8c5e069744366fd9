'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { LogSource } from './log-source';
import { useFollow } from './use-follow';
import { endWindow, shownWindow, windowAround } from './window';

const lineHeightPx = 18;

/**
 * The lines of a log that are in the document: the visible ones and some around them, at the end while it is
 * followed.
 */
export function useLogWindow({
  source,
  version,
  live,
  wrap,
  startsAtEnd,
}: {
  source: LogSource;
  version: number;
  live: boolean;
  wrap: boolean;
  startsAtEnd: boolean;
}) {
  const [held, setHeld] = useState(0);
  const { scroller, following, setFollowing, handlers } = useFollow(live, startsAtEnd, () => setHeld(base));
  const { total } = source;
  const { base, count } = shownWindow(total, following ? null : held);

  // oxlint-disable-next-line react/incompatible-library -- its results are not memoized here
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeightPx,
    getItemKey: (index) => base + index,
    overscan: 12,
    useFlushSync: false,
  });
  const rows = virtualizer.getVirtualItems();
  const first = base + (rows[0]?.index ?? 0);
  const last = base + (rows.at(-1)?.index ?? -1);

  useEffect(() => {
    for (let index = first; index <= last; index++) {
      if (source.line(index)) continue;
      source.request(index, last + 1);
      return;
    }
  }, [source, version, first, last]);

  // Measured heights depend on wrapping and width.
  useEffect(() => virtualizer.measure(), [virtualizer, wrap]);

  const pending = useRef<number | null>(null);
  useEffect(() => {
    if (pending.current === null) return;
    virtualizer.scrollToIndex(pending.current - base, { align: 'center' });
    pending.current = null;
  });

  const show = (line: number) => {
    setFollowing(false);
    setHeld(line < base || line >= base + count ? windowAround(line) : base);
    pending.current = line;
  };

  const jumpToEnd = () => {
    setHeld(endWindow(total));
    setFollowing(true);
    virtualizer.scrollToIndex(count - 1, { align: 'end' });
    scroller.current?.focus();
  };

  return { scroller, handlers, following, virtualizer, rows, base, count, show, jumpToEnd };
}
