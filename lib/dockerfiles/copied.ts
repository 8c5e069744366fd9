import type { Flag, Instruction, Word } from './parse';
import type { Span } from './places';
import { findStage, type Plan, type Stage } from './stages';

/** `--from` of a COPY, or `from` of a mount. */
export interface From extends Span {
  name: string;
  by: 'COPY' | 'RUN';
}

/** The inputs of an instruction. */
interface Taken {
  /** Paths or patterns in the context, cleaned: `''` is the whole context. */
  paths: string[];
  /** URLs and Git repositories. */
  remote: string[];
  from: From[];
}

const nothing: Taken = { paths: [], remote: [], from: [] };

const cleanSource = (source: string): string =>
  source
    .replaceAll(/^["']|["']$/g, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');

const isRemote = (source: string) => /^(https?:\/\/|[\w-]+@[\w.-]+:|git:\/\/|ssh:\/\/)/.test(source);

/** `type=bind,from=build,source=/a`; keys in lower case. */
const fieldsOf = (value: string): Map<string, string> =>
  new Map(
    value.split(',').map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0
        ? [pair.toLowerCase(), '']
        : [pair.slice(0, equals).toLowerCase(), pair.slice(equals + 1)];
    }),
  );

/** The position of a field's text, if it is written without quotes and escapes. */
function placeIn({ value, valueSpan }: Flag, field: string): Span {
  const at = value?.indexOf(field) ?? -1;
  const isPlain = value !== null && valueSpan.to - valueSpan.from === value.length;
  return isPlain && at >= 0
    ? { from: valueSpan.from + at, to: valueSpan.from + at + field.length }
    : valueSpan;
}

function takenByMounts(flags: Flag[], expand: (text: string) => string): Taken {
  const taken: Taken = { paths: [], remote: [], from: [] };
  for (const flag of flags) {
    if (flag.name !== 'mount' || !flag.value) continue;
    const fields = fieldsOf(flag.value);
    const from = fields.get('from');
    if (from) {
      const { from: start, to } = placeIn(flag, `from=${from}`);
      taken.from.push({ name: from, by: 'RUN', from: Math.min(start + 'from='.length, to), to });
    } else if ((fields.get('type') ?? 'bind') === 'bind')
      taken.paths.push(cleanSource(expand(fields.get('source') ?? fields.get('src') ?? '')));
  }
  return taken;
}

const isHeredoc = ({ text }: Word) => text.startsWith('<<');

/**
 * The files, URLs and stages that an instruction reads; `expand` expands variables in its words. Not in a `from`:
 * both builders read it literally.
 */
export function takenBy({ keyword, flags, words }: Instruction, expand: (text: string) => string): Taken {
  if (keyword === 'RUN') return takenByMounts(flags, expand);
  if (keyword !== 'COPY' && keyword !== 'ADD') return nothing;
  const from = flags.find(({ name }) => name === 'from');
  if (keyword === 'COPY' && from?.value)
    return { ...nothing, from: [{ name: from.value, by: 'COPY', ...from.valueSpan }] };
  const sources = words
    .slice(0, -1)
    .filter((word) => !isHeredoc(word))
    .map(({ text }) => expand(text));
  const remote = keyword === 'ADD' ? sources.filter(isRemote) : [];
  return {
    paths: sources.filter((source) => !remote.includes(source)).map(cleanSource),
    remote,
    from: [],
  };
}

/**
 * The target of a `from`: an earlier stage, otherwise an image. COPY accepts the number of a stage; a mount treats a
 * number as an image. Null if the builder refuses it: variables, and numbers without an earlier stage.
 */
export function sourceOf(
  plan: Plan,
  stage: Stage,
  { name, by }: From,
): { stage: Stage } | { image: string } | null {
  if (name.includes('$') || name === 'scratch') return null;
  const isNumber = /^[+-]?\d+$/.test(name);
  const source = isNumber && by === 'RUN' ? undefined : findStage(plan, name, stage.index);
  if (source) return { stage: source };
  return isNumber && by === 'COPY' ? null : { image: name };
}

/** One character of a pattern: a wildcard `*`, or a test of a character. */
type Token = '*' | ((character: string) => boolean);

/** Go's filepath.Match within a directory. */
function tokensOf(pattern: string): Token[] {
  const tokens: Token[] = [];
  for (const [part] of pattern.matchAll(/\[\^?(?:\\.|[^\]])+\]|\\.|./gsu)) {
    if (part === '*') tokens.push('*');
    else if (part === '?') tokens.push(() => true);
    else if (part.length > 2 && part.startsWith('[')) {
      const expression = new RegExp(part, 'su');
      tokens.push((character) => expression.test(character));
    } else {
      const literal = part.length > 1 && part.startsWith('\\') ? part.slice(1) : part;
      tokens.push((character) => character === literal);
    }
  }
  return tokens;
}

/** With one way back, to the last `*`: at most the product of both lengths. */
function matchesAll(tokens: readonly Token[], name: string): boolean {
  const characters = Array.from(name);
  let [token, at, star, resume] = [0, 0, -1, 0];
  while (at < characters.length) {
    const wanted = tokens[token];
    if (wanted === '*') [star, resume, token] = [token, at, token + 1];
    else if (wanted?.(characters[at]!)) [token, at] = [token + 1, at + 1];
    else if (star >= 0) [token, at, resume] = [star + 1, resume + 1, resume + 1];
    else return false;
  }
  return tokens.slice(token).every((rest) => rest === '*');
}

/** Whether a source includes a file of the context: the file itself, a parent directory, or a pattern. */
export function sourceMatcher(source: string): (path: string) => boolean {
  if (source === '') return () => true;
  if (!/[*?[\\]/.test(source)) return (path) => path === source || path.startsWith(`${source}/`);
  try {
    const parts = source.split('/').map(tokensOf);
    return (path) => {
      const names = path.split('/');
      return names.length >= parts.length && parts.every((part, index) => matchesAll(part, names[index]!));
    };
  } catch {
    return () => true; // invalid pattern: assume that it matches
  }
}
