import { parseExpression } from './expression';
import { matcher } from './matcher';

/**
 * A pattern of .dockerignore or of BuildKit's requests for files, as Docker matches it. Ported from
 * github.com/moby/patternmatcher v0.6 (patternmatcher.go and ignorefile/ignorefile.go), which both BuildKit and the
 * docker command use. The npm package @balena/dockerignore 1.0 follows a version of 2020: it treats `+()|{}` in names
 * as operators, ignores case, and never excludes files named like a property of objects (`constructor`).
 */
export interface Pattern {
  /** Cleaned, without `!`. */
  text: string;
  /** Includes what a previous pattern excluded. */
  negated: boolean;
  matches: (path: string) => boolean;
  /** Whether paths below a directory that it does not match may match; true in case of doubt. */
  mayMatchBelow: (directory: string) => boolean;
}

/** Go's filepath.Clean for a relative or absolute slash path. */
export function cleanPath(path: string): string {
  const rooted = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length && parts.at(-1) !== '..') parts.pop();
    else if (!rooted) parts.push(part);
  }
  return (rooted ? '/' : '') + parts.join('/') || (rooted ? '/' : '.');
}

/** Special in regular expressions, but not in patterns. */
const escaped = new Set('.+()|{}$');

export const hasWildcard = (text: string): boolean => /[*?[\]\\]/.test(text);

/** Also in brackets, as in Docker. */
function toExpression(pattern: string): string {
  const characters = Array.from(pattern);
  let expression = '';
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at]!;
    if (character === '*' && characters[at + 1] === '*') {
      at += characters[at + 2] === '/' ? 2 : 1;
      expression += at + 1 >= characters.length ? '.*' : '(.*/)?';
    } else if (character === '*') expression += '[^/]*';
    else if (character === '?') expression += '[^/]';
    else if (character === '\\') expression += `\\${characters[++at] ?? '\\'}`;
    else expression += escaped.has(character) ? `\\${character}` : character;
  }
  return expression;
}

/** The check of Go's filepath.Match, which Docker applies to each pattern first. */
function isWellFormed(pattern: string): boolean {
  const characters = Array.from(pattern);
  let at = 0;
  const skipMember = (): boolean => {
    if (characters[at] === '-' || characters[at] === ']') return false;
    at += characters[at] === '\\' ? 2 : 1;
    return at < characters.length;
  };
  const skipClass = (): boolean => {
    if (characters[at] === '^') at++;
    for (let members = 0; members === 0 || characters[at] !== ']'; members++) {
      if (!skipMember()) return false;
      if (characters[at] !== '-') continue;
      at++;
      if (!skipMember()) return false;
    }
    at++;
    return true;
  };
  while (at < characters.length) {
    const character = characters[at++];
    if (character === '\\' && at++ >= characters.length) return false;
    if (character === '[' && !skipClass()) return false;
  }
  return true;
}

function compile(text: string): Pattern['matches'] {
  if (!hasWildcard(text)) return (path) => path === text;
  if (!isWellFormed(text)) throw new Error('syntax error');
  // Docker compares these as text: `**x` matches `ax`, too, which its expression would not.
  const end = text.slice(2);
  if (text.startsWith('**') && !hasWildcard(end))
    return (path) => path.endsWith(end) || (end.startsWith('/') && path === end.slice(1));
  return matcher(parseExpression(toExpression(text)));
}

/** The leading segments, up to the first that can match a `/`. */
function compileBelow(text: string): Pattern['mayMatchBelow'] {
  const segments = text.split('/');
  const open = segments.findIndex((segment) => /\*\*|\[|\\$/.test(segment));
  const tests = (open < 0 ? segments : segments.slice(0, open)).map(compile);
  return (directory) => {
    const parts = directory.split('/');
    return tests.slice(0, parts.length).every((matches, index) => matches(parts[index]!));
  };
}

/** Parses a cleaned pattern; throws an Error for one that Docker refuses. */
export function compilePattern(text: string, negated = false): Pattern {
  return { text, negated, matches: compile(text), mayMatchBelow: compileBelow(text) };
}
