import { readWord, type Word } from './word';

/**
 * The part of the shell grammar (POSIX.1-2017, 2.3 and 2.10) that is needed to find the programs that a line runs,
 * its redirections, and where words can be inserted. Nothing is evaluated.
 */

export interface SimpleCommand {
  /** Leading assignments (`LANG=C`), then the program and its arguments. */
  assignments: Word[];
  words: Word[];
  redirects: { operator: string; target: Word | null }[];
}

interface HereDocument {
  body: string;
  /** The lines are not expanded: the delimiter is quoted. */
  quoted: boolean;
}

export interface Script {
  commands: SimpleCommand[];
  /** The separators between commands (`;`, `&`, `&&`, `||`, `|` and line ends), in order. */
  operators: string[];
  hereDocuments: HereDocument[];
  /** The text without comments and trailing operator. */
  text: string;
}

const operators = [
  '&&',
  '||',
  ';;',
  '|&',
  '<<-',
  '<<<',
  '<<',
  '>>',
  '>&',
  '<&',
  '>|',
  '&>',
  '<>',
  ';',
  '&',
  '|',
  '(',
  ')',
  '<',
  '>',
];
const redirections = new Set(['<<-', '<<<', '<<', '>>', '>&', '<&', '>|', '&>', '<>', '<', '>']);
const assignment = /^[A-Za-z_]\w*\+?=/;

const endsAt = (text: string, at: number) => ';&|<>()'.includes(text[at]!);

interface Reading {
  script: Script;
  current: SimpleCommand;
  pendingHere: { end: string; quoted: boolean; strip: boolean }[];
  expectTarget: string | null;
  comments: [number, number][];
}

const emptyCommand = (): SimpleCommand => ({ assignments: [], words: [], redirects: [] });
const isEmpty = ({ assignments, words, redirects }: SimpleCommand) =>
  assignments.length + words.length + redirects.length === 0;

function finish(reading: Reading) {
  if (!isEmpty(reading.current)) reading.script.commands.push(reading.current);
  reading.current = emptyCommand();
}

function takeWord(reading: Reading, word: Word) {
  const { current, expectTarget } = reading;
  if (expectTarget !== null) {
    current.redirects.push({ operator: expectTarget, target: word });
    if (expectTarget === '<<' || expectTarget === '<<-')
      reading.pendingHere.push({
        end: word.value ?? word.text,
        quoted: /['"\\]/.test(word.text),
        strip: expectTarget === '<<-',
      });
    reading.expectTarget = null;
  } else if (current.words.length === 0 && assignment.test(word.text)) current.assignments.push(word);
  else current.words.push(word);
}

/** Reads the here-documents after this line; returns the position after them, or -1. */
function takeHere(reading: Reading, text: string, from: number): number {
  let at = from;
  for (const { end, quoted, strip } of reading.pendingHere) {
    const lines: string[] = [];
    for (;;) {
      if (at > text.length) return -1;
      const next = text.indexOf('\n', at);
      const line = text.slice(at, next < 0 ? text.length : next);
      at = next < 0 ? text.length + 1 : next + 1;
      if ((strip ? line.replace(/^\t+/, '') : line) === end) break;
      if (next < 0) return -1;
      lines.push(strip ? line.replace(/^\t+/, '') : line);
    }
    reading.script.hereDocuments.push({ body: lines.map((line) => `${line}\n`).join(''), quoted });
  }
  reading.pendingHere = [];
  return at;
}

function withoutComments(text: string, comments: [number, number][]): string {
  let kept = '';
  let from = 0;
  for (const [start, end] of comments) {
    kept += text.slice(from, start).replace(/[ \t]+$/, '');
    from = end;
  }
  return (kept + text.slice(from)).trim().replace(/\s*;$/, '');
}

/** Null if the text is incomplete: an open quote, bracket or here-document. */
export function readScript(text: string): Script | null {
  const reading: Reading = {
    script: { commands: [], operators: [], hereDocuments: [], text: '' },
    current: emptyCommand(),
    pendingHere: [],
    expectTarget: null,
    comments: [],
  };
  const end = text.trimEnd().length;
  for (let at = 0; at < text.length;) {
    const char = text[at]!;
    if (char === '\n') {
      finish(reading);
      const hadHere = reading.pendingHere.length > 0;
      const next = hadHere ? takeHere(reading, text, at + 1) : at + 1;
      if (next < 0) return null;
      if (!hadHere && next < end) reading.script.operators.push('\n');
      at = next;
    } else if (/\s/.test(char)) at += 1;
    else if (char === '\\' && text[at + 1] === '\n') at += 2;
    else if (char === '#') {
      const lineEnd = text.indexOf('\n', at);
      reading.comments.push([at, lineEnd < 0 ? text.length : lineEnd]);
      at = lineEnd < 0 ? text.length : lineEnd;
    } else {
      const operator = operators.find((one) => text.startsWith(one, at));
      if (operator && redirections.has(operator)) {
        const number = reading.current.words.at(-1);
        // `2>file`: the number is part of the operator.
        if (number?.end === at && /^\d$/.test(number.text)) reading.current.words.pop();
        reading.expectTarget = operator;
        at += operator.length;
      } else if (operator) {
        finish(reading);
        if (at + operator.length < end || operator === '&') reading.script.operators.push(operator);
        at += operator.length;
      } else {
        const { word, open } = readWord(text, at, { endsAt, expands: true });
        if (open && open !== '\\') return null;
        takeWord(reading, word);
        at = word.end;
      }
    }
  }
  if (reading.pendingHere.length > 0 || reading.expectTarget !== null) return null;
  finish(reading);
  reading.script.text = withoutComments(text, reading.comments);
  return reading.script;
}
