import { expect, test, vi } from 'vitest';
import { startOnce } from './start-once';

test('a call whose answer was lost is sent again with its key, and the next one has another', async () => {
  const keys: (string | undefined)[] = [];
  let lost = true;
  const start = vi.fn(async (_input: { n: number }, key?: string) => {
    keys.push(key);
    if (lost) throw new TypeError('Failed to fetch');
    return 'answer';
  });
  await expect(startOnce(start, { n: 1 })).rejects.toThrow('Failed to fetch');
  lost = false;
  expect(await startOnce(start, { n: 1 })).toBe('answer');
  await startOnce(start, { n: 1 });
  await startOnce(start, { n: 2 });
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(keys[1]).toBe(keys[0]);
  expect(new Set(keys).size).toBe(3);
});
