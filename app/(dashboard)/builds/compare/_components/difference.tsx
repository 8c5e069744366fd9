import { formatBytes } from '@/lib/format/bytes';
import { formatDuration } from '@/lib/format/time';

const sign = (value: number) => (value > 0 ? '+' : '−');

/** `+1.2s`; a tenth of a second counts as equal. */
export function timeDifference(before: number | null, after: number | null): string | undefined {
  if (before === null || after === null) return undefined;
  const value = after - before;
  return Math.abs(value) < 50 ? 'same' : `${sign(value)}${formatDuration(Math.abs(value))}`;
}

export function sizeDifference(before: number | null, after: number | null): string | undefined {
  if (before === null || after === null) return undefined;
  return after === before ? 'same' : `${sign(after - before)}${formatBytes(Math.abs(after - before))}`;
}
