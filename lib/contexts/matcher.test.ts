import { expect, test } from 'vitest';
import { parseExpression, type Token } from './expression';
import { matcher } from './matcher';

/** Number of comparisons of a character with a token. */
function stepsOf(expression: string, text: string): { matched: boolean; steps: number } {
  let steps = 0;
  const counted = parseExpression(expression).map((token): Token => {
    if (token.kind !== 'one' && token.kind !== 'many') return token;
    const accepts = (codePoint: number) => {
      steps++;
      return token.accepts(codePoint);
    };
    return { ...token, accepts };
  });
  return { matched: matcher(counted)(text), steps };
}

test('many stars take at most one step per token and character', () => {
  // The form of `*a*a*a*a*a*a*a*a*[b]`; its end prevents the check of the last character from deciding.
  const expression = `${'[^/]*a'.repeat(8)}[^/]*[b]`;
  const text = 'a'.repeat(200);
  const { matched, steps } = stepsOf(expression, text);
  expect(matched).toBe(false);
  expect(steps).toBeLessThanOrEqual(18 * 200);
  expect(stepsOf(expression, `${text}b`).matched).toBe(true);
});

test('many optional folders take at most one step per token and character', () => {
  const { matched, steps } = stepsOf(`${'(.*/)?'.repeat(10)}[x]`, 'a/'.repeat(50));
  expect(matched).toBe(false);
  expect(steps).toBeLessThanOrEqual(21 * 100);
});

test('the first and last characters exclude most texts', () => {
  expect(stepsOf('src/[^/]*\\.md', 'docs/a.md')).toEqual({ matched: false, steps: 0 });
  expect(stepsOf('src/[^/]*\\.md', 'src/a.ts')).toEqual({ matched: false, steps: 0 });
  expect(stepsOf('src/[^/]*\\.md', 'src/a.md').matched).toBe(true);
  expect(stepsOf('a[^/]*a', 'a').matched).toBe(false);
});

test.each([
  ['\\bfoo', 'foo', true],
  ['foo\\Bar', 'fooar', true],
  ['foo\\bar', 'fooar', false],
  ['^^c', 'c', true],
  ['a^c', 'ac', false],
  ['[^[:digit:]]', '1', false],
  ['[[:^digit:]\\d]', '1', true],
  ['[a\\-c]', 'b', false],
  ['[😀-😂]', '😁', true],
])('%s and %s: %s', (expression, text, matched) => {
  expect(stepsOf(expression, text).matched).toBe(matched);
});

test.each(['[z-a]', '[a', '\\y', '\\ü', '[[:none:]]', '^*'])('%s is refused', (expression) => {
  expect(() => parseExpression(expression)).toThrow();
});
