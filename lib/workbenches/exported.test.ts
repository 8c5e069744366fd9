import { expect, test } from 'vitest';
import { environmentChanges, parseExported } from './exported';

test('variables are read as each shell writes them', () => {
  expect(
    Object.fromEntries(parseExported(`export A='it'"'"'s'\nexport B='two\nlines'\nexport PWD='/x'\n`)),
  ).toEqual({
    A: "it's",
    B: 'two\nlines',
  });
  const bash = `declare -x A="a \\"b\\" \\$c"\ndeclare -x B=$'x\\ty'\ndeclare -x NONE\ndeclare -rx R="1"\n`;
  expect(Object.fromEntries(parseExported(bash))).toEqual({ A: 'a "b" $c', B: 'x\ty', R: '1' });
});

test('what was set, changed and unset', () => {
  const before = new Map([
    ['A', '1'],
    ['B', '2'],
    ['C', '3'],
  ]);
  const after = new Map([
    ['A', '1'],
    ['B', '4'],
    ['D', '5'],
  ]);
  expect(environmentChanges(before, after)).toEqual([
    { name: 'B', value: '4' },
    { name: 'D', value: '5' },
    { name: 'C', value: null },
  ]);
});
