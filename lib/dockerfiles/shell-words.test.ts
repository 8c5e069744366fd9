import { describe, expect, test } from 'vitest';
import { expand, expandWord, namesIn, unquote } from './shell-words';

const values = new Map([
  ['A', 'a'],
  ['EMPTY', ''],
  ['PATHS', '/usr/bin:/bin'],
  ['IMAGE', 'reg.example/team/app:1.2-slim'],
]);
const put = (word: string, escape?: string) => expand(word, values, escape);

describe('words are expanded as by BuildKit', () => {
  test.each([
    ['$A', 'a'],
    ['${A}b$A', 'aba'],
    ['$Ab', ''],
    ['$NONE.', '.'],
    ['$.', '$.'],
    ['he$1x', 'hex'],
    // default: `-` if unset, `:-` also if empty
    ['${NONE-x}', 'x'],
    ['${NONE:-x}', 'x'],
    ['${EMPTY-x}', ''],
    ['${EMPTY:-x}', 'x'],
    ['${A-x}', 'a'],
    ['${NONE:-}', ''],
    ['${NONE:-${ALSO:-$A}}', 'a'],
    ['${NONE:-b {c}', 'b {c'],
    // alternative: `+` if set, `:+` if not empty
    ['${A+x}', 'x'],
    ['${A:+x}', 'x'],
    ['${EMPTY+x}', 'x'],
    ['${EMPTY:+x}', ''],
    ['${NONE+x}', ''],
    ['${A:+${A}:}y', 'a:y'],
    ['${A?gone}', 'a'],
    ['${A:?gone}', 'a'],
    // patterns
    ['${IMAGE#*/}', 'team/app:1.2-slim'],
    ['${IMAGE##*/}', 'app:1.2-slim'],
    ['${IMAGE%-*}', 'reg.example/team/app:1.2'],
    ['${IMAGE%%:*}', 'reg.example/team/app'],
    ['${IMAGE#x}', 'reg.example/team/app:1.2-slim'],
    ['${IMAGE#reg?example/}', 'team/app:1.2-slim'],
    ['${IMAGE/team/other}', 'reg.example/other/app:1.2-slim'],
    ['${IMAGE/1.?/2}', 'reg.example/team/app:2-slim'],
    ['${PATHS//bin/sbin}', '/usr/sbin:/sbin'],
    ['${PATHS/\\//}', 'usr/bin:/bin'],
    ['${PATHS//\\//\\/}', '\\/usr\\/bin:\\/bin'],
    ['${A/$EMPTY/b}', 'ba'],
    ['${A#*}', 'a'],
    ['${A##*}', ''],
    ['${NONE#x}', ''],
    // quotes and escapes
    ["'$A'", '$A'],
    ['"$A"', 'a'],
    ['"he\'$A\'"', "he'a'"],
    ["he'll'o", 'hello'],
    ['"abc\\tdef"', 'abc\\tdef'],
    ['abc\\tdef', 'abctdef'],
    ['he\\$A', 'he$A'],
    ['"he\\\\$A"', 'he\\a'],
    ["'\\$A'", '\\$A'],
    ['hello\\', 'hello'],
    ["안'녕'$A", '안녕a'],
  ])('%s is %j', (word, text) => expect(put(word)).toBe(text));

  test.each([
    '${',
    '${}',
    '${A',
    '${A:}',
    '${A:x}',
    '${A=x}',
    '${{A}',
    '${:-x}',
    '${.}',
    '${NONE?}',
    '${NONE:?gone}',
    '${EMPTY:?}',
    '${A:#x}',
    '${A//x}',
    '${A#\\x}',
    "'open",
    '"open',
  ])('%s is refused', (word) => expect(put(word)).toBeNull());

  test('the escape character may be another', () => {
    expect(put('C:\\$A', '`')).toBe('C:\\a');
    expect(put('`$A', '`')).toBe('$A');
  });
});

test('a refused word has a reason and its variables', () => {
  expect(expandWord('${A}${NONE:?give a base}', values)).toMatchObject({
    problem: 'NONE: give a base',
    asked: new Set(['A', 'NONE']),
  });
});

test('variables without a value differ from those with a default in the word', () => {
  const { asked, blank } = expandWord('$X${Y:-1}${Z+2}$A', values);
  expect([...asked]).toEqual(['X', 'Y', 'Z', 'A']);
  expect([...blank]).toEqual(['X', 'Z']);
});

test('names are found where the builder looks for them', () => {
  expect([...namesIn('${A:-$B} "$C" \'$D\' \\$E')]).toEqual(['B', 'A', 'C']);
  expect([...namesIn("it's $A")]).toEqual(['A']);
});

test('quotes are removed, and variables are kept', () => {
  expect(unquote('"one two"')).toBe('one two');
  expect(unquote("'a'${B:-$C}$D\"")).toBe("'a'${B:-$C}$D\"");
  expect(unquote('\'a\'${B:-"$C"}$D')).toBe('a${B:-"$C"}$D');
});

test('no pattern takes long', () => {
  const long = new Map([['A', 'a'.repeat(20_000)]]);
  const begun = performance.now();
  for (const pattern of ['*a*a*a*a*a*a*a*b', 'a*b'])
    for (const word of [`\${A#${pattern}}`, `\${A%%${pattern}}`, `\${A//${pattern}/x}`]) expand(word, long);
  expect(performance.now() - begun).toBeLessThan(2000);
});
