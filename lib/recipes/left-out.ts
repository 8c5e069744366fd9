import { isVolatile } from './noise';
import type { RecipeCommand } from './schema';
import type { Choice } from './select';

type Change = RecipeCommand['changes'][number];

const fileName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

const involves = ({ text, changes }: RecipeCommand, path: string) =>
  text.includes(fileName(path)) || changes.some((change) => change.path === path);

/** Excluded paths that commands created, by the last command that involves them, after which they are removed. */
export function pathsLeftOut(choices: readonly Choice[], kept: readonly Change[]): Map<number, string[]> {
  const runs = choices.filter(({ dropped }) => dropped === null).map(({ command }) => command);
  const stands = new Map<string, boolean>();
  for (const { command } of choices)
    for (const { path, kind } of command.changes) if (kind !== 'changed') stands.set(path, kind === 'added');
  const inImage = new Set(kept.map(({ path }) => path));
  const gone = new Set(
    [...stands].flatMap(([path, there]) => (there && !inImage.has(path) && !isVolatile(path) ? path : [])),
  );
  const byCommand = new Map<number, string[]>();
  for (const path of gone) {
    const parents = path.split('/').map((_, index, parts) => parts.slice(0, index).join('/'));
    const last = runs.findLast((command) => involves(command, path));
    if (last && !parents.some((parent) => gone.has(parent)))
      byCommand.set(last.number, [...(byCommand.get(last.number) ?? []), path]);
  }
  return byCommand;
}
