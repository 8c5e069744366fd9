import { expect, test } from 'vitest';
import { openRecording } from './recording';

test('a flood is counted and not kept, until a prompt or something typed comes', () => {
  const recording = openRecording();
  const chunk = Buffer.alloc(1024 * 1024, 'x');
  const kept = Array.from({ length: 6 }, () => recording.next(chunk, 1)).map(({ stored }) => stored);
  expect(kept.map(({ skipped }) => skipped ?? 0)).toEqual([0, 0, 0, 0, chunk.length, chunk.length]);
  expect(kept.at(-1)).toMatchObject({ data: '', from: 5 * chunk.length });
  recording.newStretch();
  const { stored, live } = recording.next(Buffer.from('$ '), 2);
  expect(stored).toEqual({ type: 'output', data: 'JCA=', from: 6 * chunk.length, at: 2 });
  expect(live).toBeUndefined();
  expect(recording.bytes()).toBe(6 * chunk.length + 2);
});
