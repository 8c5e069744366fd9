import { expect, test } from 'vitest';
import { plainText } from '@/lib/format/ansi';
import { foldLines, type LogLine, maxLineCharacters, type OpenLines, shownLines } from './lines';

const esc = '\x1b';

function foldAll(...pieces: ([string] | [string, 'stderr'])[]): LogLine[] {
  let open: OpenLines = [];
  const lines: LogLine[] = [];
  for (const [text, stream] of pieces) {
    const folded = foldLines(open, stream ?? 'stdout', text);
    lines.push(...folded.ended);
    ({ open } = folded);
  }
  return [...lines, ...shownLines(open)];
}

const fold = (...pieces: ([string] | [string, 'stderr'])[]) =>
  foldAll(...pieces).map((line) => (line.stream === 'stderr' ? `!${line.text}` : line.text));

const shown = (...pieces: ([string] | [string, 'stderr'])[]) => fold(...pieces).map(plainText);

test('pieces become lines wherever they are cut', () => {
  expect(fold(['a\nb'], ['c\n'], ['\nd'])).toEqual(['a', 'bc', '', 'd']);
});

test('the streams do not break into each other', () => {
  expect(fold(['half'], ['err\n', 'stderr'], ['more\n'])).toEqual(['!err', 'halfmore']);
  expect(fold(['E', 'stderr'], ['Reading…\n'], [': Unable to locate\n', 'stderr'])).toEqual([
    'Reading…',
    '!E: Unable to locate',
  ]);
  expect(fold(['a'], ['b', 'stderr'], ['c'])).toEqual(['ac', '!b']);
});

test('a carriage return goes to the start, and before a line end it changes nothing', () => {
  expect(fold([' 10%\r 20%\r'], ['100%\n'])).toEqual(['100%']);
  expect(fold(['100%\r50'], ['\n'])).toEqual(['500%']);
  expect(fold(['dos\r'], ['\nunix\n'])).toEqual(['dos', 'unix']);
  expect(fold(['two\r\r\nmore\r'], ['\r', 'stderr'], ['\r\n'])).toEqual(['two', 'more']);
  expect(fold(['waiting\r'])).toEqual(['waiting']);
});

test('backspaces, columns and erasing act as in a terminal', () => {
  expect(shown(['spin /\b-\b', 'stderr'], ['\\\n', 'stderr'])).toEqual(['!spin \\']);
  expect(shown([`downloading 10%${esc}[2K${esc}[1Gdone\n`])).toEqual(['done']);
  expect(shown([`abc${esc}[5Gx${esc}[2D${esc}[Ky\n`])).toEqual(['abcy']);
  expect(shown([`abcdef\r${esc}[2Pxy${esc}[1@-\n`])).toEqual(['xy-ef']);
  expect(shown([`a${esc}7bc${esc}8X\n`])).toEqual(['aXc']);
});

test('a movement that is cut between two pieces acts all the same', () => {
  expect(shown([`10%${esc}`], ['[2'], ['K'], [`${esc}[1Gend\n`])).toEqual(['end']);
  expect(shown([`${esc}]0;ti`], [`tle${esc}`], ['\\text\n'])).toEqual(['text']);
  expect(shown([`never ends ${esc}[12`])).toEqual(['never ends ^[[12']);
});

test('a colour goes on in the next line of its stream', () => {
  expect(fold([`${esc}[31mred\n`], ['plain\n', 'stderr'], [`still${esc}[0m\nplain\n`])).toEqual([
    `${esc}[0;38;5;1mred`,
    '!plain',
    `${esc}[0;38;5;1mstill${esc}[0m`,
    'plain',
  ]);
});

test('wide characters are overwritten as a whole', () => {
  expect(shown(['日本\rx\n'])).toEqual(['x 本']);
  expect(shown(['a日b\r\x1b[3Gz\n'])).toEqual(['a zb']);
});

test('a long line is one line; an endless one is cut, never within a character, and what is missing is counted', () => {
  expect(fold([`${'x'.repeat(50_000)}\n`])).toHaveLength(1);
  const [line, ...others] = foldAll([`${'x'.repeat(maxLineCharacters - 1)}😀${'y'.repeat(10)}`], ['zz\n']);
  expect(others).toEqual([]);
  expect(line!.text).toHaveLength(maxLineCharacters - 1);
  expect(line!.omitted).toBe(14);
  expect(foldAll([`${'x'.repeat(maxLineCharacters + 5)}\rnew${esc}[K\n`])).toEqual([
    { stream: 'stdout', text: 'new' },
  ]);
});

test('a progress bar of a million updates stays one short line', () => {
  let open: OpenLines = [];
  for (let n = 0; n < 1000; n++) ({ open } = foldLines(open, 'stdout', `${'#'.repeat(n % 60)}\r`));
  expect(open).toHaveLength(1);
  expect(open[0]!.text.length).toBeLessThan(61);
});

test('hostile output costs linear time and bounded memory', () => {
  for (const text of [
    '\r'.repeat(200_000),
    `${'\r'.repeat(200_000)}x`,
    '\b'.repeat(200_000),
    `${esc}[`.repeat(100_000),
    `${esc}]`.repeat(100_000),
    `${esc}[999999999999Gx`.repeat(1000),
    `${esc}[999999999@`.repeat(10_000),
    `a${esc}[999999999P`.repeat(10_000),
    `\u0301`.repeat(10_000),
    `日\b`.repeat(50_000),
    `${esc}[1mx${esc}[2my`.repeat(20_000),
  ]) {
    const { open } = foldLines([], 'stdout', text);
    expect(JSON.stringify(open).length).toBeLessThan(4_000_000);
  }
});
