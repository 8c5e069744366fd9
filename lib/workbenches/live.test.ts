import { expect, test } from 'vitest';
import { type LiveTerminal, mustWait, noteSeen, viewerOf } from './live';

function makeTerminal(bytes: () => number = () => 0): LiveTerminal {
  const terminal: LiveTerminal = {
    operationId: 'x',
    reachesHost: false,
    write: () => Promise.resolve(),
    resize: () => Promise.resolve(),
    bytes,
    directory: '',
    keyboard: { viewer: null, name: '' },
    size: { columns: 80, rows: 24 },
    take: (viewer, name) => {
      terminal.keyboard = { viewer, name };
      return Promise.resolve();
    },
    viewers: new Map(),
    noteTyped: () => undefined,
  };
  return terminal;
}

test('the page with the keyboard is waited for while it lags, unless it draws nothing any more', async () => {
  let bytes = 10_000_000;
  const terminal = makeTerminal(() => bytes);
  expect(mustWait(terminal)).toBe(false);
  await terminal.take('typist', 'Ada');
  noteSeen(terminal, 'typist', 'ada', 9_900_000);
  expect(mustWait(terminal)).toBe(false);
  bytes = 11_000_000;
  expect(mustWait(terminal)).toBe(true);
  expect(mustWait(terminal, performance.now() + 5000)).toBe(false);
  noteSeen(terminal, 'typist', 'ada', 10_900_000);
  expect(mustWait(terminal)).toBe(false);
});

test('pages that only watch hold nobody up, whatever they say they have drawn', async () => {
  const terminal = makeTerminal(() => 11_000_000);
  noteSeen(terminal, 'watcher', 'eve', 0);
  expect(mustWait(terminal)).toBe(false);
  await terminal.take('typist', 'Ada');
  noteSeen(terminal, 'typist', 'ada', 10_900_000);
  for (let number = 0; number < 10; number++) noteSeen(terminal, `watcher${number}`, 'eve', 0);
  expect(mustWait(terminal)).toBe(false);
});

test('a page’s id is of no use to another user', () => {
  const terminal = makeTerminal();
  viewerOf(terminal, 'typist', 'ada').number = 7;
  expect(() => viewerOf(terminal, 'typist', 'eve')).toThrow('belongs to another user');
  expect(() => noteSeen(terminal, 'typist', 'eve', 0)).toThrow('belongs to another user');
  expect(viewerOf(terminal, 'typist', 'ada').number).toBe(7);
});

test('no user fills the memory with pages, and the page with the keyboard is never forgotten', async () => {
  const terminal = makeTerminal();
  await terminal.take('typist', 'Ada');
  viewerOf(terminal, 'typist', 'ada').number = 7;
  for (let number = 0; number < 1000; number++) viewerOf(terminal, `page${number}`, 'eve');
  expect(terminal.viewers.size).toBe(200);
  expect(viewerOf(terminal, 'typist', 'ada').number).toBe(7);
});
