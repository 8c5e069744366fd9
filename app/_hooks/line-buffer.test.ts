import { expect, test } from 'vitest';
import { LineBuffer } from './line-buffer';

test('pieces become lines, separately per stream', () => {
  const kept = new LineBuffer();
  kept.append('stdout', 'one\ntw');
  kept.append('stdout', 'o\n');
  kept.append('stderr', 'bad\n');
  expect(kept.total).toBe(3);
  expect(kept.line(1)).toEqual({ stream: 'stdout', text: 'two' });
  expect(kept.line(2)).toEqual({ stream: 'stderr', text: 'bad' });
  expect(kept.text()).toBe('one\ntwo\nbad');
});

test('the oldest of too many lines are dropped and counted', () => {
  const kept = new LineBuffer({ lines: 100, characters: 1e9, found: 10 });
  for (let line = 1; line <= 1000; line++) kept.append('stdout', `${line}\n`);
  expect(kept.total).toBeLessThanOrEqual(100);
  expect(kept.gone + kept.total).toBe(1000);
  expect(kept.line(kept.total - 1)?.text).toBe('1000');
  expect(kept.line(0)?.text).toBe(String(kept.gone + 1));
});

test('long lines are limited like many short ones', () => {
  const kept = new LineBuffer({ lines: 1e6, characters: 100_000, found: 10 });
  for (let line = 0; line < 100; line++) kept.append('stdout', `${'x'.repeat(5000)}\n`);
  expect(kept.text().length).toBeLessThanOrEqual(101_000);
  expect(kept.gone).toBeGreaterThan(0);
});

test('a search ignores case and colours, and reports its limit', async () => {
  const kept = new LineBuffer({ lines: 1000, characters: 1e9, found: 2 });
  kept.append('stdout', '\u001b[31mErr\u001b[0mor\nfine\nERROR\nerror');
  expect(await kept.search('error')).toEqual({ lines: [0, 2], total: 3, capped: true });
  expect(await kept.search('nothing')).toEqual({ lines: [], total: 0, capped: false });
});
