import { formatCount } from './text';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const two = (value: number) => String(value).padStart(2, '0');

/** A duration in milliseconds: `0.4s`, `12s`, `3m 05s`, `2h 14m`, `3d 4h`. */
export function formatDuration(span: number): string {
  if (!Number.isFinite(span)) return 'unknown';
  const ms = Math.max(0, span);
  if (ms < 9_950) return `${(ms / second).toFixed(1)}s`;
  const seconds = Math.round(ms / second);
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${two(seconds % 60)}s`;
  const minutes = Math.round(ms / minute);
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)}h ${two(minutes % 60)}m`;
  const hours = Math.round(ms / hour);
  return `${Math.floor(hours / 24)}d ${hours % 24}h`;
}

// From days on, units are words with a plural.
const relativeUnits: [number, string][] = [
  [365 * day, 'year'],
  [30 * day, 'month'],
  [day, 'day'],
  [hour, 'h'],
  [minute, 'min'],
  [second, 's'],
];

/** `just now`, `4 min ago`, `in 2 h`, `3 days ago`. Times in milliseconds since 1970. */
export function formatRelative(at: number, now: number): string {
  if (!Number.isFinite(at)) return 'unknown';
  const span = Math.abs(now - at);
  if (span < 10 * second) return 'just now';
  const [unit, name] = relativeUnits.find(([length]) => span >= length)!;
  const count = Math.floor(span / unit);
  const text = unit >= day ? formatCount(count, name) : `${count} ${name}`;
  return at <= now ? `${text} ago` : `in ${text}`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `23 Nov 2026, 12:47:03`; in UTC, marked as such, if the time zone is unknown (on the server). */
export function formatExactTime(at: number, zone: 'utc' | 'local'): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return 'unknown time';
  const utc = zone === 'utc';
  const [year, month, dayOfMonth, hours, minutes, seconds] = utc
    ? [
        date.getUTCFullYear(),
        date.getUTCMonth(),
        date.getUTCDate(),
        date.getUTCHours(),
        date.getUTCMinutes(),
        date.getUTCSeconds(),
      ]
    : [
        date.getFullYear(),
        date.getMonth(),
        date.getDate(),
        date.getHours(),
        date.getMinutes(),
        date.getSeconds(),
      ];
  return `${dayOfMonth} ${months[month]} ${year}, ${two(hours)}:${two(minutes)}:${two(seconds)}${utc ? ' UTC' : ''}`;
}
