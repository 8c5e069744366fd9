/**
 * The patterns of .dockerignore, as Docker matches them. Ported by rule from github.com/moby/patternmatcher v0.6
 * (patternmatcher.go and ignorefile/ignorefile.go), which both BuildKit and the docker command use. The library for
 * this on npm (@balena/dockerignore 1.0) follows a version of 2020: it takes `+()|{}` in names for operators, ignores
 * case, and never ignores files named like a property of objects (`constructor`).
 */
export interface Pattern {
  /** As cleaned, without `!`. */
  text: string;
  /** Takes back in what a pattern before it left out. */
  negated: boolean;
  /** Line of the file, from 1. */
  line: number;
  matches(path: string): boolean;
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

const hasWildcard = (text: string) => /[*?[\]\\]/.test(text);

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
  return `^${expression}$`;
}

function compile(text: string): (path: string) => boolean {
  if (!hasWildcard(text)) return (path) => path === text;
  // Compared as text there, and with that `**x` matches `ax` too, which its expression would not.
  const end = text.slice(2);
  if (text.startsWith('**') && !hasWildcard(end))
    return (path) => path.endsWith(end) || (end.startsWith('/') && path === end.slice(1));
  const expression = new RegExp(toExpression(text), 's');
  return (path) => expression.test(path);
}

/** Thrown for a pattern that Docker refuses, with the line it stands in. */
export class PatternError extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

function parseLine(raw: string, line: number): Pattern | null {
  // A comment is one only at the very start of the line.
  if (raw.startsWith('#')) return null;
  let text = raw.trim();
  if (text === '') return null;
  const negated = text.startsWith('!');
  if (negated) text = text.slice(1).trim();
  if (negated && text === '') throw new PatternError(line, '“!” stands alone');
  text = cleanPath(text);
  if (text.length > 1 && text.startsWith('/')) text = text.slice(1);
  try {
    return { text, negated, line, matches: compile(text) };
  } catch (error) {
    throw new PatternError(line, `“${text}” is not a valid pattern (${(error as Error).message})`);
  }
}

export function parsePatterns(text: string): Pattern[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((raw, index) => parseLine(raw, index + 1))
    .filter((pattern) => pattern !== null);
}
