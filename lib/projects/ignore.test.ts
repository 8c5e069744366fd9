import { expect, test } from 'vitest';
import { excluder } from './ignore';
import { cleanPath, parsePatterns, PatternError } from './patterns';

const rules = (...lines: string[]) => excluder(parsePatterns(lines.join('\n')));

/** Cases of moby/patternmatcher (TestMatches), and of what the docker command was seen to send. */
const cases: [pattern: string, path: string, excluded: boolean][] = [
  ['**', 'file', true],
  ['**', 'dir/file', true],
  ['**/', 'file', true],
  ['**/', 'dir/file', true],
  ['**/**', 'file', true],
  ['dir/**', 'dir/file', true],
  ['dir/**', 'dir/dir2/file', true],
  ['dir/**', 'dir', false],
  ['**/dir', 'dir', true],
  ['**/dir', 'dir/file', true],
  ['**/dir2/*', 'dir/dir2/file', true],
  ['**/dir2/*', 'dir/dir2/dir3/file', true],
  ['**/dir2/**', 'dir/dir2/dir3/file', true],
  ['**file', 'file', true],
  ['**file', 'dir/file', true],
  ['**file', 'myfile', true],
  ['**/file', 'dir/dir/file', true],
  ['**/file', 'dir/dir.file', false],
  ['**/file*', 'dir/dir/file.txt', true],
  ['**/file*txt', 'dir/dir/file.txt', true],
  ['**/file*.txt*', 'dir/dir/file.txt', true],
  ['a**', 'abc', true],
  ['a**/*.txt', 'adir/b/c.txt', true],
  ['a[b-d]e', 'ace', true],
  ['a[^b-d]e', 'aze', true],
  ['a[^b-d]e', 'ace', false],
  ['*', 'dir/file', true],
  ['*.md', 'README.md', true],
  ['*.md', 'docs/README.md', false],
  ['**/*.md', 'docs/a/README.md', true],
  ['?.txt', 'a.txt', true],
  ['?.txt', 'ab.txt', false],
  ['a/b', 'a/b/c', true],
  ['a/b', 'x/a/b', false],
  ['/a', 'a', true],
  ['./a', 'a', true],
  ['a/', 'a/b', true],
  ['a//b', 'a/b', true],
  ['a/../b', 'b', true],
  ['../a', 'a', false],
  ['.', 'a', false],
  ['/', 'a', false],
  ['  spaced  ', 'spaced', true],
  ['A', 'a', false],
  ['file(1).txt', 'file(1).txt', true],
  ['*(1)+{2}|$.txt', 'a(1)+{2}|$.txt', true],
  ['a.b', 'axb', false],
  ['a\\*b', 'a*b', true],
  ['a\\*b', 'axb', false],
  ['constructor', 'constructor', true],
  ['toString', 'dir/toString', false],
  ['ü*', 'über', true],
];

test.each(cases)('%s and %s: %s', (pattern, path, excluded) => {
  expect(rules(pattern)(path, false)).toBe(excluded);
});

test('without rules nothing is left out, not even a file named like a property of objects', () => {
  expect(rules()('constructor', false)).toBe(false);
  expect(rules('x')('constructor', false)).toBe(false);
});

test('comments, blank lines, a byte order mark and Windows line ends are no rules', () => {
  const excludes = rules('\uFEFF# comment', '', '   ', 'a\r', '  # no comment, as it is indented');
  expect(excludes('a', false)).toBe(true);
  expect(excludes('# comment', false)).toBe(false);
  expect(excludes('# no comment, as it is indented', false)).toBe(true);
});

test('the last rule that matches decides', () => {
  const excludes = rules('*.md', '!README*.md', 'README-secret.md');
  expect(['a.md', 'README.md', 'README-secret.md'].map((path) => excludes(path, false))).toEqual([
    true,
    false,
    true,
  ]);
});

test('everything but: a file that is taken back in comes with the directories that lead to it', () => {
  const excludes = rules('**', '!src/app/**', '!package.json');
  expect(excludes('package.json', false)).toBe(false);
  expect(excludes('src/app/a/b.ts', false)).toBe(false);
  expect(excludes('src/other.ts', false)).toBe(true);
  expect(excludes('src', false)).toBe(true);
  expect(excludes('src', true)).toBe(false); // something below it is kept: it must be read
  expect(excludes('src/test', true)).toBe(true);
  expect(excludes('node_modules', true)).toBe(true);
});

test('a directory that is left out is not read unless a rule takes back something below it', () => {
  expect(rules('node_modules')('node_modules', true)).toBe(true);
  expect(rules('node_modules', '!dist')('node_modules', true)).toBe(true);
  expect(rules('node_modules', '!node_modules/keep')('node_modules', true)).toBe(false);
  expect(rules('node_modules', '!**/keep')('node_modules', true)).toBe(false);
  expect(rules('*', '!*/keep')('a', true)).toBe(false);
  expect(rules('*', '!*/keep')('a/b', true)).toBe(true);
});

test('a rule that could change nothing for a directory is not known for what is below it', () => {
  // As Docker does it, odd as it is: “!foo” comes too late for foo itself, and so does not reach foo/bar.
  expect(rules('foo/bar', '!foo')('foo/bar', false)).toBe(true);
  expect(rules('foo', '!foo')('foo/bar', false)).toBe(false);
});

test('a pattern that Docker refuses is refused with its line', () => {
  const parse = (text: string) => () => parsePatterns(text);
  expect(parse('a\n!')).toThrow(PatternError);
  expect(parse('a\n\n[z-a')).toThrow(expect.objectContaining({ line: 3 }));
});

test('paths are cleaned as Go does', () => {
  expect(['', '.', './a/', 'a/../../b', '/../a', '/', 'a//b/.'].map(cleanPath)).toEqual([
    '.',
    '.',
    'a',
    '../b',
    '/a',
    '/',
    'a/b',
  ]);
});
