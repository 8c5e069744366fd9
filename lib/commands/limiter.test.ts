import { expect, test } from 'vitest';
import { addressKey, createLimiter } from './limiter';

test('a minute’s worth passes at once, then one must wait', () => {
  const limiter = createLimiter(5);
  for (let i = 0; i < 5; i++) expect(limiter.take('a', 0)).toBe(0);
  expect(limiter.take('a', 0)).toBe(12_000);
  expect(limiter.take('b', 0)).toBe(0);
});

test('the wait doubles up to a quarter of an hour and is never longer', () => {
  const limiter = createLimiter(5);
  let now = 0;
  const waits: number[] = [];
  while (waits.length < 12) {
    const wait = limiter.take('a', now);
    if (!wait) continue;
    waits.push(wait);
    now += wait;
  }
  expect(waits.slice(0, 5)).toEqual([12_000, 24_000, 48_000, 96_000, 192_000]);
  expect(Math.max(...waits)).toBe(15 * 60_000);
});

test('asking while one must wait does not make the wait longer', () => {
  const limiter = createLimiter(5);
  for (let i = 0; i < 6; i++) limiter.take('a', 0);
  for (let i = 0; i < 100; i++) expect(limiter.take('a', 1000)).toBe(11_000);
  expect(limiter.take('a', 12_000)).toBe(0);
});

test('a quiet quarter of an hour is forgiven', () => {
  const limiter = createLimiter(5);
  for (let i = 0; i < 6; i++) limiter.take('a', 0);
  for (let i = 0; i < 5; i++) expect(limiter.take('a', 12_000 + 15 * 60_000)).toBe(0);
});

test('invented names do not fill the memory, and the newest are kept', () => {
  const limiter = createLimiter(1);
  for (let i = 0; i < 20_000; i++) limiter.take(`name${i}`, 0);
  expect(limiter.take('name19999', 0)).toBeGreaterThan(0);
  expect(limiter.take('name0', 0)).toBe(0);
});

test('one IPv6 network counts as one address', () => {
  expect(addressKey('2001:db8:1:2:3:4:5:6')).toBe(addressKey('2001:db8:1:2:ffff::1'));
  expect(addressKey('2001:db8:1:2::1')).not.toBe(addressKey('2001:db8:1:3::1'));
  expect(addressKey('::1')).toBe('0:0:0:0');
  expect(addressKey('192.0.2.1')).toBe('192.0.2.1');
});
