import { announcedHeredocs, type Heredoc, readHeredoc } from './heredocs';
import { type LogicalLine, logicalLine, physicalLines } from './logical-lines';
import type { Span } from './places';

/** A part of a Dockerfile: the text that the builder reads, and its position in the file. */
export interface Word extends Span {
  text: string;
}

/** `--name=value` after the keyword. */
export interface Flag extends Span {
  name: string;
  /** Null for a flag without `=`. */
  value: string | null;
  valueSpan: Span;
}

/** `NAME=value` of an ARG, ENV or LABEL. The value is unexpanded, with quotes; null if missing. */
interface Assignment {
  name: string;
  nameSpan: Span;
  value: string | null;
}

/** An instruction. `from` and `to` are offsets in the file, lines count from 1. */
export interface Instruction extends Span {
  /** In upper case. */
  keyword: string;
  keywordSpan: Span;
  line: number;
  endLine: number;
  /** Its text in the file, all lines. */
  text: string;
  /** The text after the keyword as one logical line, with here-documents. */
  body: string;
  flags: Flag[];
  /** The text after the flags, on one line. */
  args: Word;
  /** `args` split at blanks, or the strings of its JSON array. */
  words: Word[];
  /** `args` is a JSON array of strings: exec form. */
  json: boolean;
  assignments: Assignment[];
  heredocs: Heredoc[];
  /** The instruction of an ONBUILD. */
  trigger: Instruction | null;
}

export interface Dockerfile {
  text: string;
  /** The escape character, which also continues lines: \ or `. */
  escape: string;
  /** `# name=value` at the start of the file; names in lower case. */
  directives: ReadonlyMap<string, string>;
  instructions: Instruction[];
}

const directiveNames = new Set(['syntax', 'escape', 'check']);
const isBlank = (character: string | undefined) => character !== undefined && /\s/.test(character);

const asWritten = (file: string, { from, to }: Span) => file.slice(from, to).replaceAll('\r\n', '\n').trim();

type Directive = [name: string, value: string];

/** The parser directive in a comment. */
function directiveIn(line: string): Directive | null {
  const match = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=(.+)$/.exec(line);
  const [, name = '', value = ''] = match ?? [];
  return directiveNames.has(name.toLowerCase()) && value.trim() !== ''
    ? [name.toLowerCase(), value.trim()]
    : null;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text[at])) at += 1;
  return at;
}

/** The flags at an offset, and where they end (extractBuilderFlags). */
function readFlags(
  { text, span }: LogicalLine,
  from: number,
  escape: string,
): { flags: Flag[]; end: number } {
  const flags: Flag[] = [];
  let at = skipBlanks(text, from);
  while (text.startsWith('--', at)) {
    const start = at;
    let word = '';
    let quote = '';
    for (; at < text.length && (quote !== '' || !isBlank(text[at])); at++) {
      let character = text[at]!;
      if (quote === '' ? character === '"' || character === "'" : character === quote) {
        quote = quote === '' ? character : '';
        continue;
      }
      if (character === escape) {
        if (at + 1 === text.length) continue;
        at += 1;
        character = text[at]!;
      }
      word += character;
    }
    const end = at;
    at = skipBlanks(text, at);
    if (word === '--') break;
    const equals = word.indexOf('=');
    flags.push({
      ...span(start, end),
      name: word.slice(2, equals < 0 ? undefined : equals),
      value: equals < 0 ? null : word.slice(equals + 1),
      valueSpan: equals < 0 ? span(end, end) : span(text.indexOf('=', start) + 1, end),
    });
  }
  return { flags, end: at };
}

/** Words with quotes and escapes; quoted blanks do not separate (parseWords). */
function quotedWords(text: string, from: number, escape: string): { from: number; to: number }[] {
  const words: { from: number; to: number }[] = [];
  let at = skipBlanks(text, from);
  while (at < text.length) {
    const start = at;
    let quote = '';
    for (; at < text.length && (quote !== '' || !isBlank(text[at])); at++) {
      const character = text[at]!;
      if (character === escape && quote !== "'") at += 1;
      else if (quote === '' ? character === '"' || character === "'" : character === quote)
        quote = quote === '' ? character : '';
    }
    at = Math.min(at, text.length);
    words.push({ from: start, to: at });
    at = skipBlanks(text, at);
  }
  return words;
}

/** `ARG A B=1`, `ENV A=1 B=2` and the old form `ENV A the rest`. */
function readAssignments(keyword: string, line: LogicalLine, from: number, escape: string): Assignment[] {
  const { text, span } = line;
  const words = quotedWords(text, from, escape);
  const [first] = words;
  if (!first) return [];
  const isOld = keyword !== 'ARG' && !text.slice(first.from, first.to).includes('=');
  if (isOld) {
    const end = /[\t\v\f\r ]|$/.exec(text.slice(first.from))!.index + first.from;
    const value = text.slice(end).trim();
    return [
      {
        name: text.slice(first.from, end),
        nameSpan: span(first.from, end),
        value: value === '' ? null : value,
      },
    ];
  }
  return words.map((word) => {
    const whole = text.slice(word.from, word.to);
    const equals = whole.indexOf('=');
    const name = equals < 0 ? whole : whole.slice(0, equals);
    return {
      name,
      nameSpan: span(word.from, word.from + name.length),
      value: equals < 0 ? null : whole.slice(equals + 1),
    };
  });
}

function asJson(text: string): string[] | null {
  if (!text.startsWith('[')) return null;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : null;
  } catch {
    return null; // the builder treats it as words, too
  }
}

function readWords(args: string, line: LogicalLine, from: number): Word[] {
  return [...args.matchAll(/[^\t\v\f\r ]+/g)].map((match) => ({
    text: match[0],
    ...line.span(from + match.index, from + match.index + match[0].length),
  }));
}

/** The instruction in a logical line, from an offset. */
function readInstruction(file: string, line: LogicalLine, from: number, escape: string): Instruction | null {
  const { text, span } = line;
  const start = skipBlanks(text, from);
  const written = /^[^\t\v\f\r ]*/.exec(text.slice(start))![0];
  if (written === '') return null;
  const keyword = written.toUpperCase();
  const keywordEnd = start + written.length;
  const { flags, end: argsFrom } = readFlags(line, keywordEnd, escape);
  const args = text.slice(argsFrom).trimEnd();
  const strings = asJson(args);
  const argsSpan = span(argsFrom, argsFrom + args.length);
  return {
    keyword,
    keywordSpan: span(start, keywordEnd),
    line: line.line,
    endLine: line.endLine,
    from: span(start, keywordEnd).from,
    to: line.to,
    text: asWritten(file, line),
    // In a command, blanks may be significant; elsewhere they only separate.
    body:
      keyword === 'RUN'
        ? text.slice(keywordEnd).trim()
        : text
            .slice(keywordEnd)
            .trim()
            .replaceAll(/[ \t]+/g, ' '),
    flags,
    args: { text: args, ...argsSpan },
    words: strings?.map((string) => ({ text: string, ...argsSpan })) ?? readWords(args, line, argsFrom),
    json: strings !== null,
    assignments: /^(ARG|ENV|LABEL)$/.test(keyword) ? readAssignments(keyword, line, argsFrom, escape) : [],
    heredocs: [],
    // One level: the builders refuse an ONBUILD in an ONBUILD.
    trigger: keyword === 'ONBUILD' && from === 0 ? readInstruction(file, line, argsFrom, escape) : null,
  };
}

/**
 * Parses a Dockerfile as BuildKit does (github.com/moby/buildkit, frontend/dockerfile/parser). The file may be
 * incomplete or invalid. The classic builder, and BuildKit before version 1.4 of the syntax, do not support
 * here-documents and fail there.
 */
export function parseDockerfile(text: string): Dockerfile {
  const lines = physicalLines(text);
  const directives = new Map<string, string>();
  const instructions: Instruction[] = [];
  let escape = '\\';
  let head = true;
  let at = 0;
  while (at < lines.length) {
    const own = lines[at]!.text.trimStart();
    const directive: Directive | null = head ? directiveIn(own) : null;
    head = directive !== null;
    if (directive && !directives.has(directive[0])) {
      directives.set(directive[0], directive[1]);
      if (directive[0] === 'escape' && /^[\\`]$/.test(directive[1])) escape = directive[1];
    }
    if (own === '' || own.startsWith('#')) {
      at += 1;
      continue;
    }
    const { logical, next } = logicalLine(lines, at, escape);
    at = next;
    const instruction = readInstruction(text, logical, 0, escape);
    if (!instruction) continue;
    const { keyword, json } = instruction.trigger ?? instruction;
    const mayHaveHeredocs = /^(RUN|COPY|ADD)$/.test(keyword) && !json;
    for (const word of mayHaveHeredocs ? announcedHeredocs(logical.text) : []) {
      const begun = at;
      const read = readHeredoc(lines, at, word);
      at = read.next;
      const last = lines[at - 1]!;
      const end = last.from + last.text.length;
      const raw = asWritten(text, { from: lines[begun]?.from ?? end, to: end });
      instruction.heredocs.push(read.heredoc);
      instruction.endLine = at;
      instruction.to = end;
      instruction.body += `\n${raw}`;
    }
    if (instruction.heredocs.length > 0) {
      instruction.text = asWritten(text, instruction);
      if (instruction.trigger) instruction.trigger.heredocs = instruction.heredocs;
    }
    instructions.push(instruction);
  }
  return { text, escape, directives, instructions };
}
