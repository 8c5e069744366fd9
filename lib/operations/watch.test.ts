import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lookAtEngine, watchEngine } from '@/lib/engine/system/watch';
import { type FakeEngine, startFakeEngine } from '@/lib/engine/testing/fake-engine';
import { pulseVersions } from './pulse';
import { lookForWork } from './runner';
import { containersChanged, followEngine } from './watch';

vi.mock('./runner', () => ({ lookForWork: vi.fn() }));

let fake: FakeEngine;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'setTimeout'] });
  vi.mocked(lookForWork).mockClear();
  fake = await startFakeEngine();
  fake.answer = (request, response) => {
    if (request.url!.startsWith('/events')) response.flushHeaders();
    else response.end(JSON.stringify({ Version: '28.5.2', ApiVersion: '1.51' }));
  };
});
afterEach(async () => {
  vi.useRealTimers();
  await fake.close();
});

test('pages are told, and the queue looked at, when the engine is another one than before', async () => {
  followEngine(fake.handle);
  const before = pulseVersions().work;
  await lookAtEngine(fake.handle);
  await lookAtEngine(fake.handle);
  expect(pulseVersions().work).toBe(before + 1);
  expect(lookForWork).toHaveBeenCalledTimes(1);
});

test('all changes of containers within a second are told once', async () => {
  followEngine(fake.handle);
  const before = pulseVersions().containers;
  await watchEngine(fake.handle);
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(3)); // of the watch, and of both lists, of which the stream may have missed changes
  containersChanged(fake.handle);
  containersChanged(fake.handle);
  expect(pulseVersions().containers).toBe(before);
  await vi.advanceTimersByTimeAsync(1000);
  expect(pulseVersions().containers).toBe(before + 1);
  containersChanged(fake.handle);
  await vi.advanceTimersByTimeAsync(1000);
  expect(pulseVersions().containers).toBe(before + 2);
});

test('an image removed by another client is told to pages that show images', async () => {
  let events: ServerResponse | undefined;
  const answer = fake.answer;
  fake.answer = (request, response) => {
    if (request.url!.startsWith('/events')) events = response;
    answer(request, response);
  };
  followEngine(fake.handle);
  await watchEngine(fake.handle);
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(3));
  await vi.advanceTimersByTimeAsync(1000);
  const before = pulseVersions();
  events!.write(`${JSON.stringify({ Type: 'image', Action: 'delete', Actor: { ID: 'sha256:1' } })}\n`);
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(2));
  await vi.advanceTimersByTimeAsync(1000);
  expect(pulseVersions()).toEqual({ ...before, images: before.images + 1 });
});
