'use client';

import { useEffect, useState } from 'react';
import { usePulse } from '@/app/_hooks/stream-provider';
import { formatDuration } from '@/lib/format/time';

/** A build that is silent for this long may be waiting: for a download, a lock, a question that nobody answers. */
const silentAfterMs = 60_000;
const lookEveryMs = 5000;

/**
 * Says since when a running build has printed nothing, and whether the engine still answers. `version` changes with each event
 * of the build.
 */
export function Silence({ version, running }: { version: number; running: boolean }) {
  const { engine } = usePulse();
  const [silence, setSilence] = useState({ version, ms: 0 });
  useEffect(() => {
    if (!running) return;
    const since = performance.now();
    const timer = setInterval(() => setSilence({ version, ms: performance.now() - since }), lookEveryMs);
    return () => clearInterval(timer);
  }, [version, running]);
  // A silence of before the last event is over.
  if (!running || silence.version !== version || silence.ms < silentAfterMs) return null;
  return (
    <p className="text-muted">
      No output for {formatDuration(silence.ms)}.{' '}
      {engine.state === 'ready'
        ? 'The engine answers: the step may be waiting for a download, a lock or an input.'
        : 'The engine does not answer: the build goes on when it does, or fails.'}
    </p>
  );
}
