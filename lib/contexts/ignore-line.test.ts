import { expect, test } from 'vitest';
import { parsePatterns } from './ignore';
import { addLine, ignoreLine } from './ignore-line';
import { judgePath, rulesOf } from './rules';

const excludes = (line: string, path: string) => judgePath(rulesOf(parsePatterns(line)), path).matched;

test.each(['a', '.env', 'a/b c', '#x', '!x', 'a*b', 'x[1]', 'q?', 'back\\slash', 'deep/er/#x', 'ünï'])(
  '“%s” is left out by its line, with what is below it, and nothing else is',
  (path) => {
    const line = ignoreLine(path)!;
    expect(excludes(line, path)).toBe(true);
    expect(excludes(line, `${path}/below`)).toBe(true);
    for (const other of ['other', 'axb', 'x1', 'qq', `${path}x`, `x/${path}`])
      expect(excludes(line, other)).toBe(false);
  },
);

test('a path that no line can express has none', () => {
  for (const path of ['', ' a', 'a ', 'a\nb']) expect(ignoreLine(path)).toBeNull();
});

test('a line is added with the line ends of the file', () => {
  expect(addLine('', 'a')).toBe('a\n');
  expect(addLine('x', 'a')).toBe('x\na\n');
  expect(addLine('x\r\ny\r\n', 'a')).toBe('x\r\ny\r\na\r\n');
});
