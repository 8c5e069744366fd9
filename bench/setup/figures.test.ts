import { expect, test } from 'vitest';
import { formatMiB, formatMs, formatTimes, median, quantile } from './figures';

test('a quantile is one of the values', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2);
  expect(quantile([5, 1, 4, 2, 3], 0.99)).toBe(5);
  expect(quantile([1], 0.01)).toBe(1);
  expect(median([])).toBeNaN();
});

test('formatted figures are short', () => {
  expect(formatMs(3.14159)).toBe('3.1 ms');
  expect(formatMs(320.4)).toBe('320 ms');
  expect(formatMs(4211)).toBe('4.21 s');
  expect(formatTimes(0.981)).toBe('0.98 ×');
  expect(formatMiB(64 * 1024 * 1024)).toBe('64 MiB');
});
