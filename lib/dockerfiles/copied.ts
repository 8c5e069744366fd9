import type { Instruction } from './parse';

/** What an instruction takes from elsewhere. */
export interface Taken {
  /** Paths or patterns within the context, clean: `''` is all of it. */
  paths: string[];
  /** Addresses and repositories. */
  remote: string[];
  /** Stages or images: `--from` and the `from` of a mount. */
  from: string[];
}

const flagsOf = (body: string): { flags: string[]; rest: string } => {
  const flags: string[] = [];
  let rest = body;
  for (let flag = /^--\S+\s*/.exec(rest); flag; flag = /^--\S+\s*/.exec(rest)) {
    flags.push(flag[0].trim().slice(2));
    rest = rest.slice(flag[0].length);
  }
  return { flags, rest };
};

/** Separated by blanks, or as JSON. */
function wordsOf(text: string): string[] {
  if (text.startsWith('[')) {
    try {
      const list: unknown = JSON.parse(text);
      if (Array.isArray(list)) return list.filter((word) => typeof word === 'string');
    } catch {
      // Not JSON after all: the builder reads it as words too.
    }
  }
  return text.split('\n')[0]!.split(/\s+/).filter(Boolean);
}

export const cleanSource = (source: string): string =>
  source
    .replaceAll(/^["']|["']$/g, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');

const isRemote = (source: string) => /^(https?:\/\/|git@|git:\/\/|ssh:\/\/)/.test(source);

function fromMounts(flags: string[], expand: (text: string) => string): Taken {
  const taken: Taken = { paths: [], remote: [], from: [] };
  for (const flag of flags) {
    if (!flag.startsWith('mount=')) continue;
    const fields = new Map(
      flag
        .slice(6)
        .split(',')
        .map((pair) => [pair.split('=')[0]!, pair.slice(pair.indexOf('=') + 1)]),
    );
    const from = fields.get('from');
    if (from) taken.from.push(expand(from));
    else if ((fields.get('type') ?? 'bind') === 'bind')
      taken.paths.push(cleanSource(expand(fields.get('source') ?? fields.get('src') ?? '')));
  }
  return taken;
}

/** Which files, addresses and stages an instruction reads; `expand` fills in its variables. */
export function takenBy({ keyword, body }: Instruction, expand: (text: string) => string): Taken {
  const { flags, rest } = flagsOf(body);
  if (keyword === 'RUN') return fromMounts(flags, expand);
  if (keyword !== 'COPY' && keyword !== 'ADD') return { paths: [], remote: [], from: [] };
  const from = flags.find((flag) => flag.startsWith('from='))?.slice(5);
  if (from !== undefined) return { paths: [], remote: [], from: [expand(from)] };
  const sources = wordsOf(rest)
    .slice(0, -1)
    .filter((word) => !word.startsWith('<<'))
    .map(expand);
  const remote = keyword === 'ADD' ? sources.filter(isRemote) : [];
  return {
    paths: sources.filter((source) => !remote.includes(source)).map(cleanSource),
    remote,
    from: [],
  };
}

const escaped = (text: string) => text.replaceAll(/[.+^${}()|\\]/g, String.raw`\$&`);

/** Whether a file of the context is among what a source names: itself, in it, or by its pattern. */
export function sourceMatcher(source: string): (path: string) => boolean {
  if (source === '') return () => true;
  if (!/[*?[]/.test(source)) return (path) => path === source || path.startsWith(`${source}/`);
  const pattern = escaped(source).replaceAll('*', '[^/]*').replaceAll('?', '[^/]');
  try {
    const expression = new RegExp(`^${pattern}(/.*)?$`, 's');
    return (path) => expression.test(path);
  } catch {
    return () => true; // a pattern that cannot be read: rather too many files than none
  }
}
