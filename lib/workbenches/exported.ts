import { isSessionVariable } from '@/lib/shell/variables';
import type { EnvironmentChange } from './schema';

/** Parses a shell-quoted value: any sequence of '…', "…", $'…', \x and plain text. */
function unquote(text: string): { value: string; length: number } {
  let value = '';
  let at = 0;
  while (at < text.length && text[at] !== '\n') {
    const rest = text.slice(at);
    const single = /^'([^']*)'/.exec(rest);
    const ansi = /^\$'((?:[^'\\]|\\[\s\S])*)'/.exec(rest);
    const double = /^"((?:[^"\\]|\\[\s\S])*)"/.exec(rest);
    if (single) value += single[1]!;
    else if (ansi) value += unescapeAnsi(ansi[1]!);
    else if (double) value += double[1]!.replace(/\\([$`"\\\n])/g, '$1');
    else if (rest[0] === '\\') value += rest[1] ?? '';
    else value += rest[0]!;
    at += (single ?? ansi ?? double)?.[0].length ?? (rest[0] === '\\' ? 2 : 1);
  }
  return { value, length: at };
}

const letters: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  e: '\u001b',
  E: '\u001b',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
};

function unescapeAnsi(text: string): string {
  const bytes = text.replace(/\\([0-7]{3}|[\s\S])/g, (_, code: string) =>
    code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (letters[code] ?? code),
  );
  // Octal escapes are UTF-8 bytes; other text is already decoded.
  return /\\[0-7]{3}/.test(text) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes;
}

/** Parses `export -p`: `export A='b'` or `declare -x A="b"`; values may span lines. */
export function parseExported(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (let at = 0; at < text.length;) {
    const head = /^(?:export|declare -[a-zA-Z]*x[a-zA-Z]*) ([A-Za-z_]\w*)(=?)/.exec(text.slice(at, at + 400));
    if (!head) {
      const next = text.indexOf('\n', at);
      at = next < 0 ? text.length : next + 1;
      continue;
    }
    at += head[0].length;
    const { value, length } = head[2] ? unquote(text.slice(at)) : { value: '', length: 0 };
    if (head[2] && !isSessionVariable(head[1]!)) found.set(head[1]!, value);
    at += length + 1;
  }
  return found;
}

export function environmentChanges(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): EnvironmentChange[] {
  const changes: EnvironmentChange[] = [];
  for (const [name, value] of after) if (before.get(name) !== value) changes.push({ name, value });
  for (const name of before.keys()) if (!after.has(name)) changes.push({ name, value: null });
  return changes;
}
