import { expect, test } from 'vitest';
import { formatBytes, formatExactBytes } from './bytes';
import { formatCount, shortDigest, shortenMiddle } from './text';
import { formatDuration, formatExactTime, formatRelative } from './time';

test('sizes have three digits and decimal units', () => {
  expect(formatBytes(0)).toBe('0 B');
  expect(formatBytes(999)).toBe('999 B');
  expect(formatBytes(1000)).toBe('1 kB');
  expect(formatBytes(1_983_412)).toBe('1.98 MB');
  expect(formatBytes(133_000_000)).toBe('133 MB');
  expect(formatBytes(1_200_000)).toBe('1.2 MB');
});

test('a size that would round to 1000 uses the next unit', () => {
  expect(formatBytes(999_499)).toBe('999 kB');
  expect(formatBytes(999_500)).toBe('1 MB');
  expect(formatBytes(999_999_999)).toBe('1 GB');
});

test('an unknown size is shown as unknown', () => {
  expect(formatBytes(-1)).toBe('unknown');
  expect(formatBytes(Number.NaN)).toBe('unknown');
  expect(formatExactBytes(-1)).toBe('unknown size');
});

test('exact sizes are grouped', () => {
  expect(formatExactBytes(1)).toBe('1 byte');
  expect(formatExactBytes(1_983_412)).toBe('1,983,412 bytes');
});

test('durations never show sixty of anything', () => {
  expect(formatDuration(0)).toBe('0.0s');
  expect(formatDuration(449)).toBe('0.4s');
  expect(formatDuration(9_949)).toBe('9.9s');
  expect(formatDuration(9_950)).toBe('10s');
  expect(formatDuration(59_600)).toBe('1m 00s');
  expect(formatDuration(185_000)).toBe('3m 05s');
  expect(formatDuration(3_599_600)).toBe('1h 00m');
  expect(formatDuration(8_040_000)).toBe('2h 14m');
  expect(formatDuration(23.6 * 3_600_000)).toBe('23h 36m');
  expect(formatDuration(23.999 * 3_600_000)).toBe('1d 0h');
  expect(formatDuration(76 * 3_600_000)).toBe('3d 4h');
});

test('a clock that runs behind never gives a negative duration', () => {
  expect(formatDuration(-400)).toBe('0.0s');
});

test('relative times read both ways', () => {
  const now = Date.UTC(2026, 10, 23);
  expect(formatRelative(now - 3_000, now)).toBe('just now');
  expect(formatRelative(now - 40_000, now)).toBe('40 s ago');
  expect(formatRelative(now - 240_000, now)).toBe('4 min ago');
  expect(formatRelative(now + 7_200_000, now)).toBe('in 2 h');
  expect(formatRelative(now - 86_400_000, now)).toBe('1 day ago');
  expect(formatRelative(now - 65 * 86_400_000, now)).toBe('2 months ago');
  expect(formatRelative(now - 800 * 86_400_000, now)).toBe('2 years ago');
});

test('exact times say their zone when it is not the reader’s', () => {
  expect(formatExactTime(Date.UTC(2026, 10, 3, 4, 5, 6), 'utc')).toBe('3 Nov 2026, 04:05:06 UTC');
  expect(formatExactTime(Number.NaN, 'utc')).toBe('unknown time');
});

test('the middle is cut at whole characters, with a longer end', () => {
  expect(shortenMiddle('short', 10)).toBe('short');
  const shortened = shortenMiddle('registry-host:5000/myadmin/mysite:1.2.3', 24);
  expect(shortened).toBe('registry-h…/mysite:1.2.3');
  expect(shortenMiddle('😀'.repeat(40), 9)).toBe(`${'😀'.repeat(3)}…${'😀'.repeat(5)}`);
});

test('digests are shown by their first twelve digits', () => {
  expect(shortDigest(`sha256:${'0123456789abcdef'.repeat(4)}`)).toBe('0123456789ab');
  expect(shortDigest('0123456789ab')).toBe('0123456789ab');
  expect(shortDigest('<missing>')).toBe('<missing>');
});

test('counts agree with their nouns', () => {
  expect(formatCount(1, 'layer')).toBe('1 layer');
  expect(formatCount(1204, 'layer')).toBe('1,204 layers');
  expect(formatCount(2, 'entry', 'entries')).toBe('2 entries');
});
