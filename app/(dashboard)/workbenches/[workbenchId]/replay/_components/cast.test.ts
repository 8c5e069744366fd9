import { expect, test } from 'vitest';
import { maxPauseMs, parseCast } from './cast';

test('a recording is read with its sizes, and long pauses are cut short', () => {
  const lines = [
    '{"version":2,"width":100,"height":30}',
    '[0,"o","$ "]',
    '[0.5,"o","ls"]',
    '[90,"r","80x24"]',
  ];
  expect(parseCast(`${lines.join('\n')}\n`)).toEqual({
    columns: 100,
    rows: 30,
    events: [
      { at: 0, type: 'o', text: '$ ' },
      { at: 500, type: 'o', text: 'ls' },
      { at: 500 + maxPauseMs, type: 'r', text: '80x24' },
    ],
    length: 500 + maxPauseMs,
  });
});
