import { afterEach, beforeEach, expect, test } from 'vitest';
import { touchesImages } from '@/lib/engine/system/events';
import { changeCount } from './changes';
import { callJson, callStream } from './dial';
import { type FakeEngine, startFakeEngine } from '@/lib/engine/testing/fake-engine';

let engine: FakeEngine;
beforeEach(async () => {
  engine = await startFakeEngine();
});
afterEach(() => engine.close());

test('a call that only reads is no change; one that writes is, whatever comes of it', async () => {
  const before = changeCount();
  await callJson({ path: '/images/json' });
  expect(changeCount()).toBe(before);
  await callJson({ method: 'POST', path: '/images/x/tag' });
  const after = changeCount();
  expect(after).toBeGreaterThan(before);
  engine.answer = (_request, response) => response.writeHead(409).end('{"message":"no"}');
  await expect(callJson({ method: 'DELETE', path: '/images/x' })).rejects.toThrow('No.');
  expect(changeCount()).toBeGreaterThan(after);
});

test('a long call changes things until its very end', async () => {
  engine.answer = (_request, response) => {
    response.write('{}\n');
    setTimeout(() => response.end('{}\n'), 20);
  };
  const stream = await callStream({ method: 'POST', path: '/images/create' });
  const begun = changeCount();
  for await (const _part of stream) expect(changeCount()).toBeGreaterThanOrEqual(begun);
  expect(changeCount()).toBeGreaterThan(begun);
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
