import { expect, test } from 'vitest';
import { quoteWord, readWord } from './word';

const read = (text: string, expands: boolean) => {
  const { word, open } = readWord(text, 0, { expands });
  return [word.text, word.value, open];
};

test.each([
  ['a\\ b c', 'a\\ b', 'a b'],
  [`a'b c'"d \\" $"e`, `a'b c'"d \\" $"e`, 'ab cd " $e'],
  ['a\\\nb', 'a\\\nb', 'ab'],
  ['"a\\\nb" c', '"a\\\nb"', 'ab'],
  ['$(ls;pwd)*', '$(ls;pwd)*', '$(ls;pwd)*'],
])('%j is text where nothing has a meaning', (text, word, value) => {
  expect(read(text, false)).toEqual([word, value, null]);
});

test.each([
  ['$A/b c', '$A/b'],
  ['$(echo ")" \'(\' `x`) c', '$(echo ")" \'(\' `x`)'],
  ['"a $(echo ")") b" c', '"a $(echo ")") b"'],
  ['${A:-b c} d', '${A:-b c}'],
  ['`date; x`y z', '`date; x`y'],
  ['*.txt b', '*.txt'],
  ['~/a b', '~/a'],
])('%j: the shell puts something in', (text, word) => {
  expect(read(text, true)).toEqual([word, null, null]);
});

test.each([
  [`'a b`, "'"],
  ['a"b', '"'],
  ['$(a', '('],
  ['"$(a"', '"'],
  ['`a', '`'],
  ['a\\', '\\'],
])('%j is not closed', (text, open) => {
  expect(readWord(text, 0, { expands: true }).open).toBe(open);
});

test('a word ends where its reader says', () => {
  const endsAt = (text: string, at: number) => text[at] === ';';
  expect(readWord('x a";"b;c', 2, { endsAt, expands: false }).word).toEqual({
    text: 'a";"b',
    value: 'a;b',
    start: 2,
    end: 7,
  });
});

test.each([
  ['plain', 'plain'],
  ['/a/b.c', '/a/b.c'],
  ['a b', "'a b'"],
  ["it's", "'it'\\''s'"],
  ['', "''"],
])('%j is quoted as %s', (word, quoted) => {
  expect(quoteWord(word)).toBe(quoted);
});
