import { expect, test } from 'vitest';
import { diffLines } from './diff-lines';

const shown = (before: string, after: string) =>
  diffLines(before, after).map(
    ({ how, text }) => `${{ same: ' ', added: '+', removed: '-', gap: '…' }[how]}${text}`,
  );

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index)).join('\n');

test('a change stands between the lines around it; the rest is a gap', () => {
  expect(shown(numbers(1, 20), numbers(1, 20).replace('\n10\n', '\nten\n'))).toEqual([
    '…6 unchanged lines',
    ' 7',
    ' 8',
    ' 9',
    '-10',
    '+ten',
    ' 11',
    ' 12',
    ' 13',
    '…7 unchanged lines',
  ]);
});

test('of the same text nothing is shown; line ends and a missing last one are no difference', () => {
  expect(shown('a\nb\n', 'a\nb\n')).toEqual([]);
  expect(shown('a\r\nb', 'a\nb\n')).toEqual([]);
});

test('a text that was not there before is all new', () => {
  expect(shown('', 'a\nb')).toEqual(['+a', '+b']);
  expect(shown('a\n', '')).toEqual(['-a']);
});

test('two long texts without anything in common are told at once', () => {
  const long = (mark: string) => Array.from({ length: 30_000 }, (_, index) => `${mark}${index}`).join('\n');
  expect(diffLines(long('a'), long('b'))).toHaveLength(60_000);
});
