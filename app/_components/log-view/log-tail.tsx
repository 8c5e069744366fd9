'use client';

import { useEffect, useRef, useState } from 'react';
import { plainText } from '@/lib/format/ansi';
import { formatCount } from '@/lib/format/text';
import type { LogSource } from './log-source';

// Interval of announcements, and their maximum length.
const pause = 10_000;
const maxSpoken = 200;

/** Announces the progress of the output to screen readers at intervals, instead of each line. */
export function LogTail({ source }: { source: LogSource }) {
  const [words, setWords] = useState('');
  const { total } = source;
  const told = useRef({ at: 0, total });

  useEffect(() => {
    const wait = Math.max(0, told.current.at + pause - Date.now());
    const timer = setTimeout(() => {
      const added = total - told.current.total;
      if (added <= 0) return;
      told.current = { at: Date.now(), total };
      const last = plainText(source.line(total - 1)?.text ?? '').slice(0, maxSpoken);
      setWords(`${formatCount(added, 'more line')}. ${last}`);
    }, wait);
    return () => clearTimeout(timer);
  }, [source, total]);

  return (
    <p role="status" className="sr-only">
      {words}
    </p>
  );
}
