import { expect, test } from 'vitest';
import { parsePatterns, PatternError } from './ignore';
import { cleanPath } from './patterns';
import { judgePath, rulesOf } from './rules';

/** The result of ignore lines for a path. */
function rules(...lines: string[]) {
  const parsed = rulesOf(parsePatterns(lines.join('\n')));
  const excludes = (path: string) => judgePath(parsed, path).matched;
  /** Excluded with everything in it. */
  const isOver = (path: string) => excludes(path) && !parsed.mayChangeBelow(path, judgePath(parsed, path));
  return { excludes, isOver };
}

/** Test cases of moby/patternmatcher (TestMatches), and observed behaviour of the docker command. */
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
  ['emoji?', 'emoji😀', true],
  ['[[:alpha:]].txt', 'a.txt', true],
  ['[[:alpha:]].txt', '1.txt', false],
  ['\\d\\w*', '1a/b', true],
  ['\\d\\w*', 'da', false],
  ['a[^x]b', 'a/b', true],
  ['\\!a', '!a', true],
];

test.each(cases)('%s and %s: %s', (pattern, path, excluded) => {
  expect(rules(pattern).excludes(path)).toBe(excluded);
});

test('without rules nothing is excluded, not even a file named like a property of objects', () => {
  expect(rules().excludes('constructor')).toBe(false);
  expect(rules('x').excludes('constructor')).toBe(false);
});

test('comments, blank lines, a byte order mark and Windows line ends are not patterns', () => {
  const { excludes } = rules('\uFEFF# comment', '', '   ', 'a\r', '  # no comment, as it is indented');
  expect(excludes('a')).toBe(true);
  expect(excludes('# comment')).toBe(false);
  expect(excludes('# no comment, as it is indented')).toBe(true);
});

test('the last rule that matches decides', () => {
  const { excludes } = rules('*.md', '!README*.md', 'README-secret.md');
  expect(['a.md', 'README.md', 'README-secret.md'].map((path) => excludes(path))).toEqual([
    true,
    false,
    true,
  ]);
});

test('an included file comes with its parent directories', () => {
  const { excludes, isOver } = rules('**', '!src/app/**', '!package.json');
  expect(excludes('package.json')).toBe(false);
  expect(excludes('src/app/a/b.ts')).toBe(false);
  expect(excludes('src/other.ts')).toBe(true);
  expect(excludes('src')).toBe(true);
  expect(isOver('src')).toBe(false); // something below it is included: it must be read
  expect(isOver('src/test')).toBe(true);
  expect(isOver('node_modules')).toBe(true);
});

test('an excluded directory is not read unless a rule includes something below it', () => {
  expect(rules('node_modules').isOver('node_modules')).toBe(true);
  expect(rules('node_modules', '!dist').isOver('node_modules')).toBe(true);
  expect(rules('node_modules', '!node_modules/keep').isOver('node_modules')).toBe(false);
  expect(rules('node_modules', '!**/keep').isOver('node_modules')).toBe(false);
  expect(rules('*', '!*/keep').isOver('a')).toBe(false);
  expect(rules('*', '!*/keep').isOver('a/b')).toBe(true);
});

test('a rule without effect on a directory does not count as matched below it', () => {
  // Docker's behaviour: “!foo” follows the match of foo itself, and so does not apply to foo/bar.
  expect(rules('foo/bar', '!foo').excludes('foo/bar')).toBe(true);
  expect(rules('foo', '!foo').excludes('foo/bar')).toBe(false);
});

test('“!” after a slash includes, too', () => {
  const { excludes } = rules('*', '/!dir');
  expect(['dir', 'dir/a', 'other'].map(excludes)).toEqual([false, false, true]);
});

test('a pattern that Docker refuses is refused with its line', () => {
  const parse = (text: string) => () => parsePatterns(text);
  expect(parse('a\n!')).toThrow(PatternError);
  expect(parse('a\n\n[z-a')).toThrow(expect.objectContaining({ line: 3 }));
  for (const text of ['/!', '[', '[]a].txt', '[a-].txt', '[z-a].txt', 'docs\\', '*\\', '\\y*'])
    expect(parse(text)).toThrow(expect.objectContaining({ line: 1 }));
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
