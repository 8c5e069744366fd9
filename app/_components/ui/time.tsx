'use client';

import { useAwake, useNow } from '@/app/_hooks/use-now';
import { formatDuration, formatExactTime, formatRelative } from '@/lib/format/time';

/** `4 min ago`; the exact time on hover, in the user's time zone. Milliseconds since 1970. */
export function RelativeTime({ at }: { at: number }) {
  const now = useNow('slow');
  const awake = useAwake();
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={formatExactTime(at, awake ? 'local' : 'utc')}
      className="whitespace-nowrap"
    >
      {formatRelative(at, now)}
    </time>
  );
}

/** Duration; counts on while there is no end. `live={false}`: without an end, and not known to be running. */
export function Duration({ from, to, live = true }: { from: number; to?: number | null; live?: boolean }) {
  const runs = to === undefined || to === null;
  const now = useNow(runs && live ? 'fast' : 'still');
  if (runs && !live) return null;
  return <span className="whitespace-nowrap tabular-nums">{formatDuration((to ?? now) - from)}</span>;
}
