import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { merge } from './merge';

async function* count(name: string, upTo: number, everyMs: number): AsyncGenerator<string, void, void> {
  for (let at = 1; at <= upTo; at += 1) {
    await sleep(everyMs);
    yield `${name}${at}`;
  }
}

test('what each source has comes in its order, and the end when all have ended', async () => {
  const seen: string[] = [];
  for await (const value of merge([count('a', 5, 1), count('b', 3, 3), count('none', 0, 1)]))
    seen.push(value);
  expect(seen.filter((value) => value.startsWith('a'))).toEqual(['a1', 'a2', 'a3', 'a4', 'a5']);
  expect(seen.filter((value) => value.startsWith('b'))).toEqual(['b1', 'b2', 'b3']);
  expect(seen).toHaveLength(8);
});

test('an error of a source is thrown to the reader, and the other sources are ended', async () => {
  let ended = false;
  async function* breaks(): AsyncGenerator<string, void, void> {
    yield 'one';
    throw new Error('broken');
  }
  async function* goesOn(): AsyncGenerator<string, void, void> {
    try {
      for (;;) {
        await sleep(1);
        yield 'more';
      }
    } finally {
      ended = true;
    }
  }
  await expect(async () => {
    for await (const value of merge([breaks(), goesOn()])) void value;
  }).rejects.toThrow('broken');
  await expect.poll(() => ended).toBe(true);
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

test('a value that was taken is not held until a slow source answers', async () => {
  let finish = () => {};
  async function* slow(): AsyncGenerator<{ big: string }, void, void> {
    await new Promise<void>((resolve) => (finish = resolve));
    yield { big: 'at last' };
  }
  const refs: WeakRef<{ big: string }>[] = [];
  async function* fast(): AsyncGenerator<{ big: string }, void, void> {
    for (let at = 0; at < 20; at += 1) {
      const value = { big: String(at) };
      refs.push(new WeakRef(value));
      yield value;
    }
  }
  const values = merge([slow(), fast()]);
  for (let at = 0; at < 20; at += 1) await values.next();
  await sleep(10);
  collectGarbage();
  await sleep(10);
  expect(refs.filter((ref) => ref.deref() !== undefined).length).toBeLessThan(5);
  finish();
  expect(await values.next()).toEqual({ done: false, value: { big: 'at last' } });
  expect((await values.next()).done).toBe(true);
});
