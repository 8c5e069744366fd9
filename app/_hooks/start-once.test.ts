import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ActionResult } from '@/lib/actions/result';
import { startOnce } from './start-once';

beforeEach(() => void vi.stubGlobal('window', {}));
afterEach(() => void vi.unstubAllGlobals());

test('a call whose answer was lost is sent again with its key, and the next one has another', async () => {
  const keys: (string | undefined)[] = [];
  let lost = true;
  const start = vi.fn(async (_input: { n: number }, key?: string): Promise<ActionResult<string>> => {
    keys.push(key);
    if (lost) throw new TypeError('Failed to fetch');
    return { ok: true, data: 'answer' };
  });
  expect(await startOnce(start, { n: 1 })).toMatchObject({ ok: false, code: 'unreachable' });
  lost = false;
  expect(await startOnce(start, { n: 1 })).toEqual({ ok: true, data: 'answer' });
  await startOnce(start, { n: 1 });
  await startOnce(start, { n: 2 });
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(keys[1]).toBe(keys[0]);
  expect(new Set(keys).size).toBe(3);
});
