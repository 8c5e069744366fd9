import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { OperationEvent } from '@/lib/events/events';
import { reportSilence } from './silence';

const step = 'push';
const log = (text: string): OperationEvent => ({ type: 'log', step, stream: 'stdout', text });
const options = { step, host: 'reg.example:5000', firstMs: 30, thenMs: 30 };

const textsOf = (events: OperationEvent[]) => events.map((event) => (event.type === 'log' ? event.text : ''));

it('says since when nothing has moved and who is waited for, goes on, and says when it moves again', async () => {
  async function* work() {
    yield log('a');
    await sleep(150);
    yield log('b');
  }
  const events: OperationEvent[] = [];
  for await (const event of reportSilence(work(), options)) events.push(event);
  const texts = textsOf(events);
  expect(texts[0]).toBe('a');
  expect(texts[1]).toMatch(
    /^Warning: nothing has moved since \d\d:\d\d:\d\d UTC \(\d+ s\); waiting for reg\.example:5000\.\n$/,
  );
  expect(texts.filter((text) => text.startsWith('Warning')).length).toBeGreaterThan(1);
  expect(texts.slice(-2)).toEqual([expect.stringMatching(/^It moves again, after \d+ s\.\n$/), 'b']);
  expect(events[1]).toMatchObject({ stream: 'stderr', step });
});

it('passes an error on, and adds nothing where all moves', async () => {
  async function* work() {
    yield log('a');
    await sleep(1);
    throw new Error('cut');
  }
  const seen: OperationEvent[] = [];
  const read = async () => {
    for await (const event of reportSilence(work(), { ...options, firstMs: 10_000 })) seen.push(event);
  };
  await expect(read()).rejects.toThrow('cut');
  expect(textsOf(seen)).toEqual(['a']);
});

it('a reader who leaves ends the work, also in the middle of a silence', async () => {
  let ended = false;
  async function* work() {
    try {
      yield log('a');
      yield log('b');
    } finally {
      ended = true;
    }
  }
  for await (const _ of reportSilence(work(), options)) break;
  expect(ended).toBe(true);
  async function* silent() {
    yield log('a');
    await new Promise(() => {});
  }
  const texts: string[] = [];
  for await (const event of reportSilence(silent(), options)) {
    texts.push(...textsOf([event]));
    if (texts.length === 2) break;
  }
  expect(texts[1]).toContain('Warning');
});
