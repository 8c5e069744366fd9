import { expect, test } from 'vitest';
import { type LiveTerminal, mustWait, noteSeen } from './live';
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

test('who watches and is behind is waited for, but not who draws nothing any more', () => {
  let bytes = 0;
  const terminal: LiveTerminal = {
    operationId: 'x',
    write: () => Promise.resolve(),
    resize: () => Promise.resolve(),
    bytes: () => bytes,
    directory: '',
    keyboard: { viewer: null, name: '' },
    size: { columns: 80, rows: 24 },
    take: () => Promise.resolve(),
    viewers: new Map(),
  };
  bytes = 10_000_000;
  expect(mustWait(terminal)).toBe(false);
  noteSeen(terminal, 'viewer01', 9_900_000);
  expect(mustWait(terminal)).toBe(false);
  bytes = 11_000_000;
  expect(mustWait(terminal)).toBe(true);
  expect(mustWait(terminal, Date.now() + 5000)).toBe(false);
  noteSeen(terminal, 'viewer01', 10_900_000);
  expect(mustWait(terminal)).toBe(false);
});
