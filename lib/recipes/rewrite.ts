import { type Manager, managerOf, programOf, verbOf } from './programs';
import { readScript, type Script, type SimpleCommand } from '@/lib/shell/script';

/** Adds flags that answer prompts: a build is not interactive. */

interface Edit {
  start: number;
  end: number;
  text: string;
}

const valuesOf = (command: SimpleCommand) => command.words.map((word) => word.value ?? word.text);
const changesPackages =
  /^(?:install|upgrade|dist-upgrade|full-upgrade|update|remove|erase|purge|autoremove|build-dep|reinstall|localinstall|groupinstall|groupupdate|downgrade|swap|in|up|dup|rm)$/;

const flags: Partial<Record<Manager, { has: RegExp; add: string; verbs: RegExp }>> = {
  apt: {
    has: /^(?:-\w*y\w*|--yes|--assume-yes|-qq)$/,
    add: '-y',
    verbs:
      /^(?:install|upgrade|dist-upgrade|full-upgrade|safe-upgrade|remove|purge|autoremove|build-dep|satisfy)$/,
  },
  yum: { has: /^(?:-\w*y\w*|--assumeyes)$/, add: '-y', verbs: changesPackages },
  dnf: { has: /^(?:-\w*y\w*|--assumeyes)$/, add: '-y', verbs: changesPackages },
  zypper: { has: /^(?:-n|--non-interactive)$/, add: '--non-interactive', verbs: /./ },
  pacman: { has: /^--noconfirm$/, add: '--noconfirm', verbs: /./ },
  pip: { has: /^--no-cache-dir$/, add: '--no-cache-dir', verbs: /^install$/ },
};

function managerEdits(command: SimpleCommand, manager: Manager, environment: ReadonlySet<string>): Edit[] {
  const { index } = programOf(command)!;
  const program = command.words[index]!;
  const verb = verbOf(command);
  const words = valuesOf(command);
  const edits: Edit[] = [];
  let name = program.text;
  let after = program.end;
  // apt(8): the interface of `apt` is not stable for scripts.
  if (manager === 'apt' && words[index] === 'apt') name = 'apt-get';
  const flag = flags[manager];
  let add = '';
  if (flag && flag.verbs.test(verb) && !words.some((word) => flag.has.test(word))) add = ` ${flag.add}`;
  if (manager === 'pip' && add) {
    const place = command.words.find((word, at) => at > index && word.value === 'install')!;
    edits.push({ start: place.end, end: place.end, text: add });
    add = '';
    after = program.end;
  }
  const asksDebconf = manager === 'apt' && flags.apt!.verbs.test(verb);
  const isNoninteractive =
    environment.has('DEBIAN_FRONTEND') ||
    command.assignments.some((word) => word.text.startsWith('DEBIAN_FRONTEND=')) ||
    words.slice(0, index).some((word) => word.startsWith('DEBIAN_FRONTEND='));
  const before = asksDebconf && !isNoninteractive ? 'DEBIAN_FRONTEND=noninteractive ' : '';
  if (before || add || name !== program.text)
    edits.push({ start: program.start, end: after, text: `${before}${name}${add}` });
  return edits;
}

/** `sudo` with its options, which a build does not need. */
function sudoEdit(command: SimpleCommand): Edit[] {
  const [first] = command.words;
  const program = programOf(command);
  if (first?.value !== 'sudo' || !program || program.index === 0) return [];
  return [{ start: first.start, end: command.words[program.index]!.start, text: '' }];
}

function apply(text: string, edits: Edit[]): string {
  let result = text;
  for (const { start, end, text: piece } of edits.toSorted((one, other) => other.start - one.start))
    result = result.slice(0, start) + piece + result.slice(end);
  return result;
}

export const usesSudo = (script: Script): boolean =>
  script.commands.some((command) => command.words[0]?.value === 'sudo' && programOf(command) !== null);

/** The text for a non-interactive build. `environment`: variables set at that point. */
export function forBuild(script: Script, environment: ReadonlySet<string>): string {
  const clean = readScript(script.text);
  if (!clean) return script.text;
  const withoutSudo = apply(script.text, clean.commands.flatMap(sudoEdit));
  const again = readScript(withoutSudo);
  if (!again) return withoutSudo;
  const edits = again.commands.flatMap((command) => {
    const manager = managerOf(command);
    return manager ? managerEdits(command, manager, environment) : [];
  });
  return apply(withoutSudo, edits);
}

/** Commands that remove a package manager's downloads in the same layer. */
export const cleanUps: Partial<Record<Manager, string[]>> = {
  apt: ['apt-get clean', 'rm -rf /var/lib/apt/lists/*'],
  yum: ['yum clean all', 'rm -rf /var/cache/yum'],
  dnf: ['dnf clean all', 'rm -rf /var/cache/dnf'],
  zypper: ['zypper clean --all'],
  apk: ['rm -rf /var/cache/apk/*'],
  npm: ['npm cache clean --force'],
};
