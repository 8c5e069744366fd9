import { type Instruction, lineage, type Recipe, type Stage } from './parse';

/** `${NAME}`, `$NAME`, `${NAME:-default}` and `${NAME:+other}`. */
export const expand = (text: string, values: ReadonlyMap<string, string>): string =>
  text.replaceAll(
    /\$(?:\{(\w+)(?::?([-+])([^}]*))?\}|(\w+))/g,
    (_match, braced: string | undefined, sign: string | undefined, other = '', bare = '') => {
      const value = values.get(braced ?? bare) ?? '';
      if (sign === '+') return value === '' ? '' : other;
      return value || other;
    },
  );

export const namesIn = (text: string): Set<string> =>
  new Set([...text.matchAll(/\$\{?(\w+)/g)].map((match) => match[1]!));

export type BuildArgs = readonly { name: string; value: string }[];

/** The values that may stand in a FROM; `builtIn` are those that the builder itself sets. */
export function globalValues(
  { globals }: Recipe,
  buildArgs: BuildArgs,
  builtIn: ReadonlyMap<string, string> = new Map(),
): Map<string, string> {
  const given = new Map(buildArgs.map(({ name, value }) => [name, value]));
  const values = new Map(builtIn);
  for (const { name, value } of globals.flatMap((instruction) => instruction.values)) {
    const own = given.get(name) ?? (value === null ? null : expand(value, values));
    if (own !== null) values.set(name, own);
  }
  return values;
}

/** What each variable is where an instruction stands; an ARG without a value is none. */
export function valuesAt(
  recipe: Recipe,
  stage: Stage,
  line: number,
  buildArgs: BuildArgs,
): { all: Map<string, string>; args: Map<string, string> } {
  const given = new Map(buildArgs.map(({ name, value }) => [name, value]));
  const globals = globalValues(recipe, buildArgs);
  const all = new Map<string, string>();
  const args = new Map<string, string>();
  for (const { keyword, values } of upTo(recipe, stage, line))
    for (const { name, value } of values) {
      const written = value === null ? undefined : expand(value, all);
      if (keyword === 'ENV') all.set(name, written ?? '');
      else {
        const own = given.get(name) ?? written ?? globals.get(name);
        if (own === undefined) continue;
        args.set(name, own);
        all.set(name, own);
      }
    }
  return { all, args };
}

/** Fills in the variables of an instruction's words; what has none costs nothing. */
export function expander(
  recipe: Recipe,
  stage: Stage,
  { line }: Instruction,
  buildArgs: BuildArgs,
): (text: string) => string {
  let values: Map<string, string> | undefined;
  return (text) =>
    text.includes('$') ? expand(text, (values ??= valuesAt(recipe, stage, line, buildArgs).all)) : text;
}

/** What leads to an instruction, itself the last. */
export const upTo = (recipe: Recipe, stage: Stage, line: number): Instruction[] => {
  const all = lineage(recipe, stage);
  const own = all.findIndex((instruction) => instruction.line === line);
  return own < 0 ? all : all.slice(0, own + 1);
};
