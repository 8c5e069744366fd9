import { expect, test } from 'vitest';
import { judgePath } from './rules';
import { wantedPattern, wantedRules } from './wanted';

test('names match as in Go', () => {
  const matches = (pattern: string, name: string) => wantedPattern(pattern)!.matches(name);
  expect(matches('a*.txt', 'abc.txt')).toBe(true);
  expect(matches('a*.txt', 'abc_txt')).toBe(false);
  expect(matches('?', '😀')).toBe(true);
  expect(matches('[a-c]x', 'bx')).toBe(true);
  expect(matches('[^a-c]x', 'bx')).toBe(false);
  expect(matches('a\\*', 'a*')).toBe(true);
  expect(matches('a\\*', 'ab')).toBe(false);
  expect(matches('a+(b)', 'a+(b)')).toBe(true);
});

test('a requested path includes everything below it, and its parents are visited', () => {
  const rules = wantedRules(['/a/b*/c', 'z', 'd/**/x'])!;
  const matched = (path: string) => judgePath(rules, path).matched;
  expect(['a/bx/c', 'a/bx/c/deep', 'z', 'd/e/f/x'].every(matched)).toBe(true);
  expect(['a', 'b', 'a/x', 'a/bx/d', 'zz', 'd/e'].some(matched)).toBe(false);
  const mayHold = (path: string) => rules.mayChangeBelow(path, judgePath(rules, path));
  expect(['a', 'a/bx', 'd', 'd/e/f'].every(mayHold)).toBe(true);
  expect(['b', 'a/x', 'zz'].some(mayHold)).toBe(false);
});

test('without patterns, with the root or with an invalid pattern, everything is requested', () => {
  expect(wantedRules([])).toBeUndefined();
  expect(wantedRules(['a', '.'])).toBeUndefined();
  expect(wantedRules(['['])).toBeUndefined();
});
