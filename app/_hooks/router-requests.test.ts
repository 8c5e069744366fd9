import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { repeatRouterRequests } from './router-requests';

const lost = new TypeError('Failed to fetch');
const send = vi.fn<typeof fetch>();
const health = vi.fn();
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', health.mockReset().mockResolvedValue(new Response()));
  send.mockReset();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const ask = (init: RequestInit = { headers: { rsc: '1' } }) => repeatRouterRequests(send)('/builds', init);

test('a request of the router is repeated once the server answers', async () => {
  send.mockRejectedValueOnce(lost).mockRejectedValueOnce(lost).mockResolvedValueOnce(new Response('page'));
  health.mockRejectedValueOnce(lost);
  const answer = ask();
  await vi.advanceTimersByTimeAsync(4000);
  expect(await (await answer).text()).toBe('page');
  expect(send).toHaveBeenCalledTimes(3);
});

test('it is not repeated for ever, nor after it was aborted', async () => {
  send.mockRejectedValue(lost);
  const failing = expect(ask()).rejects.toBe(lost);
  await vi.advanceTimersByTimeAsync(60_000);
  await failing;
  expect(send).toHaveBeenCalledTimes(6);
  await expect(ask({ headers: { rsc: '1' }, signal: AbortSignal.abort() })).rejects.toBe(lost);
  expect(send).toHaveBeenCalledTimes(7);
});

test.each([
  ['an action', { method: 'POST', headers: { 'next-action': 'x', rsc: '1' } }],
  ['another request', {}],
])('%s is sent once', async (_name, init) => {
  send.mockRejectedValue(lost);
  await expect(ask(init)).rejects.toBe(lost);
  expect(send).toHaveBeenCalledTimes(1);
});
