import { parseShellPattern, replaceMatches, trimPrefix, trimSuffix } from './shell-pattern';

/** The result of expanding a word. */
interface Expansion {
  /** Null if the builder would refuse the word; `problem` says why. */
  text: string | null;
  problem: string | null;
  /** All variables in the word. */
  asked: Set<string>;
  /** Variables without a value and without a default in the word. */
  blank: Set<string>;
}

interface Options {
  /** The escape character. */
  escape?: string;
  /** `$NAME` is kept if it has no value. */
  keepUnset?: boolean;
}

/** Longer than any reasonable value; `ARG A=$A$A` doubles with each line. */
const maxCharacters = 64 * 1024;
/** Of variables in the defaults and patterns of others. */
const maxDepth = 100;

const none: ReadonlyMap<string, string> = new Map();

/** A name, a positional or a special parameter. */
const name = /[0-9]+|[@*#?$!-]|[\p{L}\p{Nd}_]*/uy;

/**
 * Expands variables in a word and removes its quotes, exactly as BuildKit and the classic builder
 * (github.com/moby/buildkit, frontend/dockerfile/shell/lex.go). The forms without a colon and those with patterns
 * (`#` `##` `%` `%%` `/` `//`, since version 1.7 of the syntax) are newer: an older builder refuses them.
 */
// oxlint-disable-next-line max-lines-per-function -- functions of one grammar that share the position in the word
export function expandWord(
  word: string,
  values: ReadonlyMap<string, string> = none,
  { escape = '\\', keepUnset = false }: Options = {},
): Expansion {
  const asked = new Set<string>();
  const blank = new Set<string>();
  let at = 0;
  /** Escape characters are kept, as a pattern needs them. */
  let areEscapesKept = false;
  let depth = 0;

  const fail = (why: string): never => {
    throw new SyntaxError(why);
  };
  const look = (variable: string): string | undefined => {
    asked.add(variable);
    return values.get(variable);
  };
  const blankOf = (variable: string): string => {
    blank.add(variable);
    return '';
  };

  function readName(): string {
    name.lastIndex = at;
    const found = name.exec(word)?.[0] ?? '';
    at += found.length;
    return found;
  }

  function singleQuoted(): string {
    const end = word.indexOf("'", at + 1);
    if (end < 0) return fail('a single quote is not closed');
    const inside = word.slice(at + 1, end);
    at = end + 1;
    return inside;
  }

  function requireLength(text: string): void {
    if (text.length > maxCharacters) fail('it becomes too long');
  }

  function doubleQuoted(): string {
    let inside = '';
    at += 1;
    for (;;) {
      requireLength(inside);
      let character = word[at];
      if (character === undefined) return fail('a double quote is not closed');
      if (character === '$') {
        inside += dollar();
        continue;
      }
      at += 1;
      if (character === '"') return inside;
      if (character === escape) {
        if (areEscapesKept) inside += character;
        const next = word[at];
        if (next === undefined) continue;
        if (next === '"' || next === '$' || next === escape) {
          character = next;
          at += 1;
        }
      }
      inside += character;
    }
  }

  function dollar(): string {
    at += 1;
    if (word[at] !== '{') {
      const variable = readName();
      if (variable === '') return '$';
      return look(variable) ?? (keepUnset ? `$${variable}` : blankOf(variable));
    }
    at += 1;
    if (at >= word.length) return fail('a “}” is missing');
    if ('{}:'.includes(word[at]!)) return fail('what is in the braces is no name');
    const variable = readName();
    const begun = at;
    const sign = word[at++];
    if (sign === '}') return look(variable) ?? (keepUnset ? `\${${variable}}` : blankOf(variable));
    const emptyIsUnset = sign === ':';
    const modifier = emptyIsUnset ? word[at++] : sign;
    const kept = () => `\${${variable}${word.slice(begun, at)}`;
    if (modifier === '/' && !emptyIsUnset) return substituted(variable, kept);
    if (modifier === undefined || !(emptyIsUnset ? '-+?' : '-+?#%').includes(modifier))
      return fail(`“${word.slice(begun, at)}” is nothing that can be done with a variable`);
    const other = upTo('}', modifier === '#' || modifier === '%');
    const value = look(variable);
    if (value === undefined && keepUnset) return kept();
    const isThere = value !== undefined && !(emptyIsUnset && value === '');
    if (modifier === '-') return isThere ? value : other;
    if (modifier === '+') return isThere ? other : value === undefined ? blankOf(variable) : '';
    if (modifier === '?') {
      if (isThere) return value;
      return fail(`${variable}: ${other || `must not be ${value === undefined ? 'unset' : 'empty'}`}`);
    }
    if (value === undefined) return blankOf(variable);
    const longest = other.startsWith(modifier);
    const pattern = parseShellPattern(longest ? other.slice(1) : other);
    return (modifier === '#' ? trimPrefix : trimSuffix)(value, pattern, longest);
  }

  function substituted(variable: string, kept: () => string): string {
    const all = word[at] === '/';
    if (all) at += 1;
    const pattern = upTo('/', true);
    const put = upTo('}', true);
    const value = look(variable);
    if (value === undefined) return keepUnset ? kept() : blankOf(variable);
    return replaceMatches(value, parseShellPattern(pattern), put, all);
  }

  /** Up to an unquoted character; '' for the end. */
  function upTo(stop: string, keepEscapes: boolean): string {
    const outside = areEscapesKept;
    areEscapesKept = keepEscapes;
    if (++depth > maxDepth) fail('it is nested too deeply');
    let text = '';
    for (;;) {
      const character = word[at];
      if (character === undefined || character === stop) break;
      if (character === '$') text += dollar();
      else if (character === "'") text += singleQuoted();
      else if (character === '"') text += doubleQuoted();
      else if (character === escape) {
        text += (areEscapesKept ? character : '') + (word[at + 1] ?? '');
        at += 2;
      } else {
        text += character;
        at += 1;
      }
      requireLength(text);
    }
    if (stop !== '' && word[at] === undefined) fail(`a “${stop}” is missing`);
    at += 1;
    areEscapesKept = outside;
    depth -= 1;
    return text;
  }

  try {
    return { text: upTo('', false), problem: null, asked, blank };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { text: null, problem: error.message, asked, blank };
  }
}

/** Expands variables and removes quotes; null if the builder would refuse the word. */
export const expand = (
  word: string,
  values: ReadonlyMap<string, string> = none,
  escape = '\\',
): string | null => expandWord(word, values, { escape }).text;

/** Removes quotes, and keeps variables. */
export const unquote = (word: string, escape = '\\'): string =>
  expandWord(word, none, { escape, keepUnset: true }).text ?? word;

/** The variables in the text of an instruction. */
export function namesIn(text: string, escape = '\\'): Set<string> {
  const { asked, problem } = expandWord(text, none, { escape });
  // A command's text need not be a valid word; then additional names are harmless.
  if (problem !== null) for (const [, name] of text.matchAll(/\$\{?(\w+)/g)) asked.add(name!);
  return asked;
}
