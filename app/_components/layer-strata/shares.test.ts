import { expect, test } from 'vitest';
import { formatShare, layoutShares } from './shares';

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

test('shares are proportional if all parts are large enough', () => {
  expect(layoutShares([50, 30, 20], 0.01)).toEqual([0.5, 0.3, 0.2]);
});

test('a tiny layer stays visible, and the shares still add up to 1', () => {
  const shares = layoutShares([1_000_000_000, 10, 1_000_000_000], 0.02);
  expect(shares[1]).toBeCloseTo(0.02);
  expect(shares[0]).toBeCloseTo(0.49);
  expect(sum(shares)).toBeCloseTo(1);
});

test('a larger layer is never drawn smaller than a smaller one', () => {
  const sizes = [1, 5_000, 80, 2_000_000, 0, 300, 90_000_000, 12];
  const shares = layoutShares(sizes, 0.015);
  for (const [a, sizeA] of sizes.entries())
    for (const [b, sizeB] of sizes.entries())
      if (sizeA > sizeB) expect(shares[a]).toBeGreaterThanOrEqual(shares[b]! - 1e-9);
  expect(sum(shares)).toBeCloseTo(1);
});

test('empty layers get no share', () => {
  expect(layoutShares([10, 0, 10], 0.05)).toEqual([0.5, 0, 0.5]);
  expect(layoutShares([0, 0], 0.05)).toEqual([0, 0]);
  expect(layoutShares([], 0.05)).toEqual([]);
});

test('with too many layers, all get the same share', () => {
  const shares = layoutShares([...Array.from({ length: 200 }, () => 1), 1_000_000], 0.02);
  expect(sum(shares)).toBeCloseTo(1);
  expect(Math.min(...shares)).toBeGreaterThan(0.004);
});

test('small shares are shown as less than 1 %', () => {
  expect(formatShare(1, 1000)).toBe('< 1 %');
  expect(formatShare(540, 1000)).toBe('54 %');
  expect(formatShare(0, 1000)).toBe('');
  expect(formatShare(0, 0)).toBe('');
});
