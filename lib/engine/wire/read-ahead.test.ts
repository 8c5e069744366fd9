import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import { readAhead } from './read-ahead';

const mebibyte = Buffer.alloc(1024 * 1024, 'x');

test('reads on while nobody asks, and loses nothing', async () => {
  const source = new PassThrough();
  const reader = readAhead(source);
  source.write('first');
  expect(String((await reader.next()).value)).toBe('first');
  for (let index = 0; index < 10; index++) source.write(mebibyte);
  await vi.waitFor(() => expect(source.readableLength + source.writableLength).toBe(0));
  source.end('last');
  const rest = await buffer(reader);
  expect(rest.length).toBe(10 * mebibyte.length + 4);
  expect(rest.subarray(-4).toString()).toBe('last');
});

test('gives what came before the failure first', async () => {
  const source = new PassThrough();
  const reader = readAhead(source);
  const first = reader.next();
  source.write('kept');
  setTimeout(() => source.destroy(new Error('broken')), 10);
  expect(String((await first).value)).toBe('kept');
  await expect(reader.next()).rejects.toThrow('broken');
});

test('closes the stream when nobody wants more', async () => {
  const source = new PassThrough();
  source.write('first');
  for await (const _ of readAhead(source)) break;
  expect(source.destroyed).toBe(true);
});
