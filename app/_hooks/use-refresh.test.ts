import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { serverAnswers } from './use-refresh';

const fetch = vi.fn();
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', fetch.mockReset());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('waits for a server that cannot be reached or fails, and asks once for all', async () => {
  fetch
    .mockRejectedValueOnce(new TypeError('Failed to fetch'))
    .mockResolvedValueOnce(new Response(null, { status: 502 }))
    .mockResolvedValueOnce(new Response());
  const answers = [serverAnswers(), serverAnswers()];
  await vi.advanceTimersByTimeAsync(4000);
  await Promise.all(answers);
  expect(fetch).toHaveBeenCalledTimes(3);
  fetch.mockResolvedValueOnce(new Response());
  await serverAnswers();
  expect(fetch).toHaveBeenCalledTimes(4);
});

test('nothing else refreshes pages', () => {
  const app = path.join(import.meta.dirname, '..');
  const files = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?<!\.test)\.tsx?$/.test(file),
  );
  const refreshing = files.filter((file) =>
    /\b(?:router|useRouter\(\))\.refresh\(/.test(readFileSync(path.join(app, file), 'utf8')),
  );
  expect(refreshing).toEqual(['_hooks/use-refresh.ts']);
});
