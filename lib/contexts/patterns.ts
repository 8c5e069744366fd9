import { parseExpression } from './expression';
import { matcher } from './matcher';

/**
 * One pattern of .dockerignore or of what the engine wants of a context, as Docker matches it. Ported by rule from
 * github.com/moby/patternmatcher v0.6 (patternmatcher.go and ignorefile/ignorefile.go), which both BuildKit and the docker
 * command use. The library for this on npm (@balena/dockerignore 1.0) follows a version of 2020: it takes `+()|{}` in names
 * for operators, ignores case, and never ignores files named like a property of objects (`constructor`).
 */
export interface Pattern {
  /** As cleaned, without `!`. */
  text: string;
  /** Takes back in what a pattern before it left out. */
  negated: boolean;
  matches: (path: string) => boolean;
  /** Whether something below a directory that it does not match itself may match; more than it does, never less. */
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

/** Have a meaning in regular expressions, and none in patterns. */
const escaped = new Set('.+()|{}$');

export const hasWildcard = (text: string): boolean => /[*?[\]\\]/.test(text);

/** Inside of brackets, too: Docker's own way, odd as it is. */
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

/** The check of Go's filepath.Match, which Docker makes of each pattern before all else. */
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
  // Compared as text there, and with that `**x` matches `ax` too, which its expression would not.
  const end = text.slice(2);
  if (text.startsWith('**') && !hasWildcard(end))
    return (path) => path.endsWith(end) || (end.startsWith('/') && path === end.slice(1));
  return matcher(parseExpression(toExpression(text)));
}

/** By segments, up to the first that may match a `/` itself. */
function compileBelow(text: string): Pattern['mayMatchBelow'] {
  const segments = text.split('/');
  const open = segments.findIndex((segment) => /\*\*|\[|\\$/.test(segment));
  const tests = (open < 0 ? segments : segments.slice(0, open)).map(compile);
  return (directory) => {
    const parts = directory.split('/');
    return tests.slice(0, parts.length).every((matches, index) => matches(parts[index]!));
  };
}

/** A pattern out of its cleaned text; throws an Error for one that Docker refuses. */
export function compilePattern(text: string, negated = false): Pattern {
  return { text, negated, matches: compile(text), mayMatchBelow: compileBelow(text) };
}
