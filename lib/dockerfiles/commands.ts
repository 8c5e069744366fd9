import { readWord } from '@/lib/shell/word';
import type { Span } from './places';

/** A simple command of a shell line: its words and the following separator. */
export interface Command extends Span {
  words: (Span & { text: string })[];
  /** Separator before the next command; empty at the end. */
  separator: string;
  separatorAt: Span;
}

const separators = ['&&', '||', ';', '|', '&', '\n', '(', ')', '{', '}'];
const separatorAt = (text: string, at: number) => separators.find((mark) => text.startsWith(mark, at));

/** A line continuation with following comment lines, which a shell treats as blank. */
function blankLength(text: string, at: number, escape: string): number {
  if (text[at] !== escape) return 0;
  const match = /^[ \t]*\r?\n(?:[ \t]*#[^\n]*\n)*/.exec(text.slice(at + 1));
  return match ? 1 + match[0].length : 0;
}

/**
 * The commands of a shell text, without evaluating it: handles quotes, continuations and comments, but not
 * substitutions. Offsets start at `base`.
 */
export function readCommands(text: string, base: number, escape = '\\'): Command[] {
  const commands: Command[] = [];
  let words: Command['words'] = [];
  const endsAt = (_: string, at: number) => {
    const separator = separatorAt(text, at);
    const isBrace = separator === '{' || separator === '}'; // within a word it is a literal
    return blankLength(text, at, escape) > 0 || (separator !== undefined && !isBrace);
  };
  const endCommand = (at: number, separator: string) => {
    const [first, last] = [words[0], words.at(-1)];
    if (first && last)
      commands.push({
        from: first.from,
        to: last.to,
        words,
        separator,
        separatorAt: { from: base + at, to: base + at + separator.length },
      });
    words = [];
  };
  let at = 0;
  while (at < text.length) {
    const character = text[at]!;
    const blank = blankLength(text, at, escape);
    const separator = separatorAt(text, at);
    if (blank) at += blank;
    else if (character === '#') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if (separator) {
      endCommand(at, separator);
      at += separator.length;
    } else if (/\s/.test(character)) at += 1;
    else {
      const { word } = readWord(text, at, { endsAt, expands: false });
      words.push({ from: base + word.start, to: base + word.end, text: word.text });
      at = word.end;
    }
  }
  endCommand(text.length, '');
  return commands;
}

const prefixes = new Set(['sudo', 'env', 'exec', 'then', 'do', 'else', 'if', 'time', '!']);

/** The program of a command, without its directory, and its arguments; skips assignments and `sudo`. */
export function programOf({ words }: Command): { name: string; args: Command['words'] } | null {
  const start = words.findIndex(({ text }) => !/^\w+=/.test(text) && !prefixes.has(text));
  const word = words[start];
  if (!word) return null;
  return { name: word.text.slice(word.text.lastIndexOf('/') + 1), args: words.slice(start + 1) };
}
