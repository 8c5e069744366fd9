import { afterEach, beforeEach, expect, vi } from 'vitest';

/** Unexpected console output fails a test; a test that expects some replaces the method. */
let spies: ReturnType<typeof vi.spyOn>[] = [];
const noisy = ['error', 'warn'] as const;

beforeEach(() => {
  spies = noisy.map((method) => vi.spyOn(console, method));
});

afterEach(() => {
  const calls = spies.flatMap((spy) => spy.mock.calls);
  vi.restoreAllMocks();
  expect(calls, 'unexpected console output').toEqual([]);
});
