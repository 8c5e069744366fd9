import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { Terminal } from '@xterm/headless';
import { expect, test } from 'vitest';
import { type AnsiPiece, parseAnsi } from '@/lib/format/ansi';
import { foldLines, type LogLine, type OpenLines, shownLines } from './lines';

/** One character as it is shown: with its colour and weight. */
type Shown = [character: string, colour: number | string, bold: boolean];

const columns = 800;

function randomOf(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) % below;
  };
}

/** Without the blanks at the end. */
function trimmed(shown: Shown[]): Shown[] {
  let end = shown.length;
  while (end > 0 && shown[end - 1]![0] === ' ') end -= 1;
  return shown.slice(0, end);
}

function asTerminal(pieces: AnsiPiece[]): Shown[] {
  const shown: Shown[] = [];
  let column = 0;
  for (const { text, style } of pieces)
    for (const [character] of text.matchAll(/\P{M}\p{M}*/gu)) {
      const blanks = character === '\t' ? 8 - (column % 8) : character === ' ' ? 1 : 0;
      for (let at = 0; at < blanks; at++) shown.push([' ', '', false]);
      if (!blanks) shown.push([character, style?.colour ?? '', style?.bold === true]);
      column += blanks || (/[日本😀]/u.test(character) ? 2 : 1);
    }
  return trimmed(shown);
}

/** Above 15, a fixed colour. */
const paletteColour = (index: number) => parseAnsi(`\x1b[38;5;${index}mx`)[0]?.style?.colour ?? '';

/** The lines of a real terminal of the given width. */
async function terminalLines(text: string): Promise<Shown[][]> {
  const rows = text.split('\n').length + 1;
  const terminal = new Terminal({ cols: columns, rows, convertEol: true, allowProposedApi: true });
  terminal.loadAddon(new Unicode11Addon());
  terminal.unicode.activeVersion = '11';
  await new Promise<void>((resolve) => terminal.write(text, resolve));
  const lines: Shown[][] = [];
  const buffer = terminal.buffer.active;
  for (let at = 0; at < buffer.length; at++) {
    const line = buffer.getLine(at)!;
    const shown: Shown[] = [];
    for (let column = 0; column < line.length; column++) {
      const cell = line.getCell(column)!;
      if (cell.getWidth() === 0) continue;
      const character = cell.getChars() || ' ';
      const blank = character === ' ';
      const colour = cell.isFgPalette() ? paletteColour(cell.getFgColor()) : '';
      shown.push([character, blank ? '' : colour, !blank && cell.isBold() !== 0]);
    }
    lines.push(trimmed(shown));
  }
  terminal.dispose();
  return withoutLast(lines);
}

/** Without empty lines at the end: a terminal has them, a log has not. */
function withoutLast(lines: Shown[][]): Shown[][] {
  let end = lines.length;
  while (end > 0 && lines[end - 1]!.length === 0) end -= 1;
  return lines.slice(0, end);
}

function ourLines(text: string, cut: (length: number) => number): Shown[][] {
  let open: OpenLines = [];
  const lines: LogLine[] = [];
  const characters = text.match(/./gsu) ?? [];
  for (let from = 0; from < characters.length;) {
    const to = from + cut(characters.length - from);
    const folded = foldLines(open, 'stdout', characters.slice(from, to).join(''));
    lines.push(...folded.ended);
    ({ open } = folded);
    from = to;
  }
  return withoutLast([...lines, ...shownLines(open)].map((line) => asTerminal(parseAnsi(line.text))));
}

const pieces = ['a', 'xyz', ' ', '  ', '#####', '100%', 'é', 'e\u0301', '日本', '😀', '\t', 'Ä'];
const movements = ['\r', '\r', '\b', '\b\b', '\r\n', '\r\r\n', '\n', '\n'];
const numbers = ['', '', '0', '1', '2', '3', '5', '12', '40'];

function anyOutput(random: (below: number) => number): string {
  const one = <T>(of: readonly T[]) => of[random(of.length)]!;
  let text = '';
  for (let left = 2 + random(40); left > 0; left--) {
    const kind = random(12);
    if (kind < 6) text += one(pieces);
    else if (kind < 9) text += one(movements);
    else if (kind === 9) text += `\x1b[${one(numbers)}${one(['C', 'D', 'G', 'X', 'P', '@', '`'])}`;
    else if (kind === 10) text += `\x1b[${one(['', '0', '1', '2'])}K`;
    else
      text += one([
        '\x1b[31m',
        '\x1b[1;32m',
        '\x1b[0m',
        '\x1b[m',
        '\x1b[22m',
        '\x1b[39m',
        '\x1b7ab \x1b8',
        '\x1b]0;t\x07',
        '\x1b(B',
        '\x1b[?25l',
      ]);
  }
  return text;
}

/** As text, so that a difference can be read. */
const print = (lines: Shown[][]) =>
  lines.map((line) =>
    line.map(([character, colour, bold]) => `${character}${colour}${bold ? '*' : ''}`).join('|'),
  );

const seedsAtOnce = 100;
test.each([1, 101, 201, 301, 401, 501])(
  'generated output is shown as by a terminal, wherever it is cut (from seed %i)',
  async (first) => {
    for (let seed = first; seed < first + seedsAtOnce; seed++) {
      const random = randomOf(seed);
      const text = anyOutput(random);
      const expected = { seed, text: JSON.stringify(text), lines: print(await terminalLines(text)) };
      const shownBy = (cut: (left: number) => number) => ({
        seed,
        text: JSON.stringify(text),
        lines: print(ourLines(text, cut)),
      });
      expect(shownBy((left) => left)).toEqual(expected);
      expect(shownBy((left) => 1 + random(Math.min(left, 6)))).toEqual(expected);
    }
  },
);

interface Recorded {
  name: string;
  command: string;
  /** With a terminal of 120 columns, or without one. */
  terminal: boolean;
  text: string;
}

/** Output of real programs, as it came; only names of hosts and directories are replaced. */
const streams = JSON.parse(
  gunzipSync(readFileSync(path.join(import.meta.dirname, 'testing', 'streams.json.gz'))).toString(),
) as Recorded[];
// eslint-disable-next-line no-control-regex
const movesUpOrDown = /\x1b\[[0-9;]*[ABHJdf]/;

test('there are enough streams, of all kinds', () => {
  const count = (test: (stream: Recorded) => boolean) => streams.filter(test).length;
  expect(streams.length).toBeGreaterThan(120);
  expect(count(({ text }) => /\r(?![\r\n])/.test(text))).toBeGreaterThan(20);
  expect(count(({ text }) => text.includes('\x1b['))).toBeGreaterThan(30);
});

test.each(streams.filter(({ text }) => !movesUpOrDown.test(text)))(
  'output of $name is shown as by a terminal (terminal: $terminal)',
  async ({ text }) => {
    const random = randomOf(text.length);
    const expected = print(await terminalLines(text));
    expect(print(ourLines(text, (left) => left))).toEqual(expected);
    expect(print(ourLines(text, (left) => 1 + random(Math.min(left, 400))))).toEqual(expected);
  },
);

test.each(streams.filter(({ text }) => movesUpOrDown.test(text)))(
  'output of $name, which moves up, loses no line',
  async ({ text }) => {
    const ours = print(ourLines(text, (left) => left)).join('\n');
    for (const line of print(await terminalLines(text))) expect(ours).toContain(line);
  },
);
