import { expect, test } from 'vitest';
import { endWindow, shownWindow, windowAround } from './window';

test('a log of usual length has one window', () => {
  expect(shownWindow(0, null)).toEqual({ base: 0, count: 0 });
  expect(shownWindow(150_000, null)).toEqual({ base: 0, count: 150_000 });
  expect(shownWindow(200_000, null)).toEqual({ base: 0, count: 200_000 });
});

test('the last window reaches the end and has full length', () => {
  for (const total of [200_001, 250_000, 300_000, 999_999, 1_000_000, 1_000_001]) {
    const { base, count } = shownWindow(total, null);
    expect(base + count).toBe(total);
    expect(count).toBeGreaterThan(100_000);
    expect(base).toBe(endWindow(total));
  }
});

test('every line is in its window, away from the edges unless the log ends there', () => {
  const total = 1_000_000;
  for (const line of [0, 1, 49_999, 50_000, 99_999, 100_000, 500_000, 949_999, 999_999]) {
    const { base, count } = shownWindow(total, windowAround(line));
    expect(line).toBeGreaterThanOrEqual(base);
    expect(line).toBeLessThan(base + count);
    if (base > 0) expect(line - base).toBeGreaterThanOrEqual(50_000);
    if (base + count < total) expect(base + count - line).toBeGreaterThanOrEqual(50_000);
  }
});

test('a held window keeps its position while the log grows', () => {
  expect(shownWindow(400_000, 0)).toEqual({ base: 0, count: 200_000 });
  expect(shownWindow(900_000, 0)).toEqual({ base: 0, count: 200_000 });
});
