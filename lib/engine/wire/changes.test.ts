import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Engine } from '@/lib/engine/engine';
import { touchesImages } from '@/lib/engine/system/events';
import { changeCount } from './changes';
import { callJson, callStream } from './dial';
import { type FakeEngine, startFakeEngine } from '@/lib/engine/testing/fake-engine';

let fake: FakeEngine;
let engine: Engine;
beforeEach(async () => {
  fake = await startFakeEngine();
  engine = fake.handle;
});
afterEach(() => fake.close());

test('a call that only reads is no change; one that writes is, whatever comes of it', async () => {
  const before = changeCount(engine);
  await callJson(engine, { path: '/images/json' });
  expect(changeCount(engine)).toBe(before);
  await callJson(engine, { method: 'POST', path: '/images/x/tag' });
  const after = changeCount(engine);
  expect(after).toBeGreaterThan(before);
  fake.answer = (_request, response) => response.writeHead(409).end('{"message":"no"}');
  await expect(callJson(engine, { method: 'DELETE', path: '/images/x' })).rejects.toThrow('No.');
  expect(changeCount(engine)).toBeGreaterThan(after);
});

test('a long call changes things until its very end', async () => {
  fake.answer = (_request, response) => {
    response.write('{}\n');
    setTimeout(() => response.end('{}\n'), 20);
  };
  const stream = await callStream(engine, { method: 'POST', path: '/images/create' });
  const begun = changeCount(engine);
  for await (const _part of stream) expect(changeCount(engine)).toBeGreaterThanOrEqual(begun);
  expect(changeCount(engine)).toBeGreaterThan(begun);
});

test('of the engine’s events those count that can change the images or what was made of them', () => {
  for (const action of ['tag', 'untag', 'delete', 'pull', 'import', 'load', 'prune'])
    expect(touchesImages({ type: 'image', action }), action).toBe(true);
  for (const action of ['create', 'destroy', 'commit'])
    expect(touchesImages({ type: 'container', action }), action).toBe(true);
  for (const action of ['start', 'die', 'exec_create', 'health_status', 'top'])
    expect(touchesImages({ type: 'container', action }), action).toBe(false);
  expect(touchesImages({ type: 'network', action: 'create' })).toBe(false);
});
