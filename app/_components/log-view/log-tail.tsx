'use client';

import { useEffect, useRef, useState } from 'react';
import { plainText } from '@/lib/format/ansi';
import { formatCount } from '@/lib/format/text';
import type { LogSource } from './log-source';

// Interval of announcements, and their maximum length.
const announceEveryMs = 10_000;
const maxAnnouncedCharacters = 200;

/** Announces the progress of the output to screen readers at intervals, instead of each line. */
export function LogTail({ source }: { source: LogSource }) {
  const [words, setWords] = useState('');
  const { total } = source;
  const announced = useRef({ at: 0, total });

  useEffect(() => {
    const wait = Math.max(0, announced.current.at + announceEveryMs - Date.now());
    const timer = setTimeout(() => {
      const added = total - announced.current.total;
      if (added <= 0) return;
      announced.current = { at: Date.now(), total };
      const last = plainText(source.line(total - 1)?.text ?? '').slice(0, maxAnnouncedCharacters);
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
