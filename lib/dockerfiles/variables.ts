import { type Dialect, frontendDialect } from './dialect';
import type { Instruction } from './parse';
import { expand, expandWord } from './shell-words';

/** The inputs of a build that its Dockerfile refers to. */
export interface Given {
  buildArgs?: Readonly<Record<string, string>>;
  /** The target platform and the engine's: `linux/arm64/v8`. */
  targetPlatform?: string;
  buildPlatform?: string;
  /** Name of the target stage. */
  target?: string;
  /** Of the builder; default: BuildKit's. */
  dialect?: Dialect;
}

export type Values = ReadonlyMap<string, string>;

const platformParts = ['PLATFORM', 'OS', 'OSVERSION', 'ARCH', 'VARIANT'] as const;

/** Set by BuildKit before the first FROM; a stage must declare an ARG to use one. */
const platformArgs: ReadonlySet<string> = new Set(
  ['BUILD', 'TARGET'].flatMap((side) => platformParts.map((part) => `${side}${part}`)),
);

const architectures: Record<string, string> = {
  aarch64: 'arm64',
  armhf: 'arm/v7',
  armel: 'arm/v6',
  i386: '386',
  x86_64: 'amd64',
  'x86-64': 'amd64',
};

/** The default variant is omitted, as in github.com/containerd/platforms. */
const usualVariants: Record<string, string> = { 'arm64/v8': 'arm64', 'amd64/v1': 'amd64', arm: 'arm/v7' };

function platformValues(side: 'BUILD' | 'TARGET', platform: string): [string, string][] {
  const [os = '', ...rest] = platform.toLowerCase().split('/');
  const written = rest.join('/');
  const machine = architectures[written] ?? written;
  const [architecture = '', variant = ''] = (usualVariants[machine] ?? machine).split('/');
  const whole = [os, architecture, variant].filter(Boolean).join('/');
  const values = { PLATFORM: whole, OS: os, OSVERSION: '', ARCH: architecture, VARIANT: variant };
  return platformParts.map((part) => [`${side}${part}`, values[part]]);
}

const targetStage = 'TARGETSTAGE';

/**
 * The values before the first FROM: those that BuildKit sets, and the ARGs. A FROM sees only these. The classic
 * builder sets none.
 */
export function globalValues(
  args: readonly Instruction[],
  lastStage: string | null,
  { buildArgs = {}, targetPlatform, buildPlatform, target, dialect = frontendDialect }: Given,
  escape: string,
): Map<string, string> {
  const values = new Map<string, string>();
  if (dialect.presetArgs) {
    const preset = [
      ...(buildPlatform ? platformValues('BUILD', buildPlatform) : []),
      ...(targetPlatform || buildPlatform
        ? platformValues('TARGET', (targetPlatform || buildPlatform)!)
        : []),
      [targetStage, target || lastStage || 'default'] as const,
    ];
    for (const [name, value] of preset) values.set(name, buildArgs[name] ?? value);
  }
  for (const { name, value } of args.flatMap(({ assignments }) => assignments)) {
    const own = buildArgs[name] ?? (value === null ? null : expand(value, values, escape));
    if (own !== null) values.set(name, own);
  }
  return values;
}

export interface StageValues {
  /** The value of each variable. Those of the base image are unknown here. */
  all: Map<string, string>;
  /** Which of these come from an ARG. An ARG without a value has none. */
  args: Map<string, string>;
}

/**
 * The variables after the instructions of a stage. `bases`: the instructions of each parent stage. With BuildKit the
 * last of an ENV and an ARG counts, and a stage inherits the ARGs of its parent; with the classic builder an ENV
 * always wins, and ARGs end with their stage.
 */
export function valuesBehind(
  stages: readonly (readonly Instruction[])[],
  globals: Values,
  { buildArgs = {}, dialect: { envWins } = frontendDialect }: Given,
  escape: string,
): StageValues {
  const env = new Map<string, string>();
  let args = new Map<string, string>();
  let all = new Map<string, string>();
  for (const instructions of stages) {
    if (envWins) {
      args = new Map();
      all = new Map(env);
    } else for (const [name, value] of env) all.set(name, value);
    for (const { keyword, assignments } of instructions) {
      if (keyword === 'ENV') {
        // All assignments of an ENV see the values before it.
        const set = assignments.map(
          ({ name, value }) =>
            [expand(name, all, escape), value === null ? null : expand(value, all, escape)] as const,
        );
        for (const [name, value] of set)
          if (name !== null && value !== null) {
            env.set(name, value);
            all.set(name, value);
          }
      } else if (keyword === 'ARG')
        for (const { name, value } of assignments) {
          const written = value === null ? globals.get(name) : expand(value, all, escape);
          const own = buildArgs[name] ?? written;
          if (own === undefined || own === null) continue;
          args.set(name, own);
          if (!envWins || !env.has(name)) all.set(name, own);
        }
    }
  }
  return { all, args };
}

/** A word of a FROM, as far as it is known before the build. */
export interface Resolved {
  written: string;
  /** Expanded; null if unknown, or if the builder would refuse it. */
  text: string | null;
  /** Variables without a value; the build may define them. */
  open: string[];
}

/** Expands the values before the first FROM in a word. */
export function resolve(written: string, globals: Values, escape: string): Resolved {
  const { text, asked, blank } = expandWord(written, globals, { escape });
  const unknown = [...asked].filter((name) => platformArgs.has(name) && !globals.has(name));
  return { written, text: unknown.length > 0 ? null : text, open: [...new Set([...blank, ...unknown])] };
}
