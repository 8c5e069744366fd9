import { managersOf } from './groups';
import { isTrace } from './noise';
import {
  asks,
  mayChangeAgain,
  movesShell,
  onlyReads,
  programOf,
  sourcesFile,
  writesByHand,
} from './programs';
import type { DropReason, RecipeCommand } from './schema';
import { readScript, type Script } from '@/lib/shell/script';
import { isShellVariable } from '@/lib/shell/variables';

/** How a command is translated. */
export interface Choice {
  command: RecipeCommand;
  script: Script | null;
  /** Why it is not a RUN; null if it is. */
  dropped: DropReason | null;
  /** Paths that are copied instead. */
  copies: string[];
  variables: { name: string; value: string | null }[];
  note?: string;
}

/** Left by a trial run of a program. */
const leftovers = /^\/(?:run|var\/run|var\/log|var\/cache\/ldconfig)(?:\/|$)/;

function handWritten(command: RecipeCommand, script: Script): string[] {
  const named = script.commands.flatMap((simple) => [
    ...simple.words.slice(1).map((word) => word.value ?? ''),
    ...simple.redirects.flatMap(({ operator, target }) =>
      operator.startsWith('<') ? [] : (target?.value ?? ''),
    ),
  ]);
  return named
    .filter((word) => word !== '' && !/^[-+]/.test(word))
    .map((word) => (word.startsWith('/') ? word : `${command.directory.replace(/\/$/, '')}/${word}`))
    .map((path) => path.replace(/\/\.(?=\/)/g, ''));
}

/** Files that a command writes by name: redirection targets, arguments of `sed -i` and similar. */
export function writtenPaths(command: RecipeCommand, script: Script): string[] {
  const absolute = (word: string) =>
    word.startsWith('/') ? word : `${command.directory.replace(/\/$/, '')}/${word}`;
  return script.commands.flatMap((simple) => {
    const targets = simple.redirects
      .filter(({ operator }) => ['>', '>>', '>|', '&>'].includes(operator))
      .map(({ target }) => target?.value ?? '');
    const words = simple.words.slice(1).map((word) => word.value ?? '');
    const takesFiles = ['sed', 'tee', 'chmod', 'chown', 'touch'].includes(programOf(simple)?.name ?? '');
    const named = takesFiles
      ? words.filter((word) => word.startsWith('/') || /^[\w.-]+\.\w+$/.test(word))
      : [];
    return [...targets, ...named].filter((word) => word !== '').map(absolute);
  });
}

const isRemoved = (command: RecipeCommand, path: string) =>
  command.changes.some((change) => change.path === path && change.kind === 'removed');

function choose(command: RecipeCommand, seen: Set<string>): Omit<Choice, 'command'> {
  const script = readScript(command.text);
  const variables = command.environment.filter(({ name }) => !isShellVariable(name));
  const changed = command.changes.filter(({ path }) => !isTrace(path));
  const none = { script, copies: [], variables: [] };
  if (command.exitCode !== null && command.exitCode !== 0)
    return {
      ...none,
      dropped: 'failed',
      ...(changed.length > 0 && { note: `Exited with code ${command.exitCode}, but changed files.` }),
    };
  if (script && asks(script)) {
    const written = changed.filter(({ kind }) => kind !== 'removed').map(({ path }) => path);
    const copies = written.length > 0 ? written : handWritten(command, script);
    return { script, dropped: 'file', copies, variables };
  }
  if (script && writesByHand(script)) {
    const copies = handWritten(command, script).filter((path) => !isRemoved(command, path));
    if (copies.length > 0) return { script, dropped: 'file', copies, variables };
  }
  const set: DropReason = variables.length > 0 ? 'environment' : 'shell';
  // Changes during a nested shell belong to the commands in it.
  if (script && movesShell(script) && !sourcesFile(script)) return { ...none, variables, dropped: set };
  if (changed.length === 0) {
    if (command.changes.length > 0)
      return { ...none, variables, dropped: variables.length > 0 ? set : 'noise' };
    if (script && movesShell(script)) return { ...none, variables, dropped: set };
    if (!script || onlyReads(script) || !mayChangeAgain(script))
      return { ...none, variables, dropped: variables.length > 0 ? set : 'nothing' };
  }
  const { managers } = managersOf(script);
  const key = `${command.user} ${command.directory} ${script?.text ?? command.text}`;
  if (managers.size > 0 && seen.has(key)) return { ...none, variables, dropped: 'repeated' };
  seen.add(key);
  const onlyLeftovers = changed.length > 0 && changed.every(({ path }) => leftovers.test(path));
  if (onlyLeftovers && managers.size === 0) return { ...none, variables, dropped: 'noise' };
  return { script, dropped: null, copies: [], variables };
}

/** In order, the translation of each command. */
export function chooseCommands(commands: readonly RecipeCommand[]): Choice[] {
  const seen = new Set<string>();
  return commands.map((command) => ({ command, ...choose(command, seen) }));
}
