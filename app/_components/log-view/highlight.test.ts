import { expect, test } from 'vitest';
import { parseAnsi } from '@/lib/format/ansi';
import { findAll, highlight } from './highlight';

test('matches are case-insensitive and do not overlap', () => {
  expect(findAll('Error: error', 'ERROR')).toEqual([
    [0, 5],
    [7, 12],
  ]);
  expect(findAll('aaaa', 'aa')).toEqual([
    [0, 2],
    [2, 4],
  ]);
  expect(findAll('abc', '')).toEqual([]);
});

test('a letter whose length depends on its case does not shift positions', () => {
  expect(findAll('İİ error', 'error')).toEqual([[3, 8]]);
});

test('a match across colours is marked in each piece, and no text is lost', () => {
  const pieces = parseAnsi('no such \x1b[31mfile\x1b[0m or directory');
  const segments = highlight(pieces, 'such file or');
  expect(segments).toEqual([
    { text: 'no ' },
    { text: 'such ', match: true },
    { text: 'file', style: { colour: 1 }, match: true },
    { text: ' or', match: true },
    { text: ' directory' },
  ]);
});

test('several matches in one piece', () => {
  expect(
    highlight([{ text: 'abcabca' }], 'a').map((segment) => [segment.text, segment.match ?? false]),
  ).toEqual([
    ['a', true],
    ['bc', false],
    ['a', true],
    ['bc', false],
    ['a', true],
  ]);
});

test('without a match the pieces are the same', () => {
  const pieces = [{ text: 'abc' }];
  expect(highlight(pieces, 'x')).toBe(pieces);
});
