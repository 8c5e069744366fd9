import { managerOf, type Manager, usesPlace, verbOf } from './programs';
import { cleanUps } from './rewrite';
import type { RecipeCommand } from './schema';
import type { Script } from '@/lib/shell/script';

/** Commands that become one RUN. */
export interface Group {
  /** Joined by `&&`. */
  pieces: { text: string; compound: boolean }[];
  commands: number[];
  managers: Set<Manager>;
  verbs: Set<string>;
  /** Paths that it writes or names. */
  topics: Set<string>;
  directory: string;
  /** It depends on the working directory. */
  usesPlace: boolean;
  user: string;
  /** The commands that changed to this directory and user. */
  movedBy: number[];
  switchedBy: number[];
  /** Exec form, which cannot be joined: `["/bin/bash", "-c", …]`. */
  exec: string | null;
  note?: string;
}

const parentOf = (path: string) => path.slice(0, path.lastIndexOf('/')) || '/';

function resolve(directory: string, word: string): string {
  const parts: string[] = [];
  for (const part of (word.startsWith('/') ? word : `${directory}/${word}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** Directories too common to relate two commands. */
const common =
  /^\/(?:(?:bin|boot|dev|etc|home|lib|lib64|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)|usr\/[^/]+|var\/[^/]+|usr\/local\/[^/]+)?$/;

export function topicsOf(command: RecipeCommand, script: Script | null): Set<string> {
  const topics = new Set<string>();
  for (const { path } of command.changes.slice(0, 2000)) {
    if (!common.test(path)) topics.add(path);
    if (!common.test(parentOf(path))) topics.add(parentOf(path));
  }
  if (script && usesPlace(script) && command.directory && !common.test(command.directory))
    topics.add(command.directory);
  for (const simple of script?.commands ?? []) {
    const words = [...simple.words.slice(1), ...simple.redirects.flatMap(({ target }) => target ?? [])];
    for (const word of words) {
      const value = word.value ?? '';
      if (!/[/.]/.test(value) || value.startsWith('-') || value.includes('://')) continue;
      const path = resolve(command.directory || '/', value);
      if (!common.test(path)) topics.add(path);
    }
  }
  return topics;
}

export function managersOf(script: Script | null): { managers: Set<Manager>; verbs: Set<string> } {
  const managers = new Set<Manager>();
  const verbs = new Set<string>();
  for (const command of script?.commands ?? []) {
    const manager = managerOf(command);
    if (!manager) continue;
    managers.add(manager);
    verbs.add(`${manager} ${verbOf(command)}`);
  }
  return { managers, verbs };
}

const overlap = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
  [...one].some((item) => other.has(item));

/** Whether a command continues the work of the previous group. */
export function isRelated(group: Group, next: Group): boolean {
  if (group.exec !== null || next.exec !== null || group.user !== next.user) return false;
  if (group.usesPlace && next.usesPlace && group.directory !== next.directory) return false;
  if (overlap(group.managers, next.managers)) return true;
  const cleans = next.pieces.some(({ text }) =>
    [...group.managers].some((manager) => (cleanUps[manager] ?? []).some((line) => text.startsWith(line))),
  );
  if (cleans) return true;
  if (group.managers.size > 0 || next.managers.size > 0) return false;
  return overlap(group.topics, next.topics);
}

export function join(group: Group, next: Group): Group {
  return {
    ...group,
    pieces: [...group.pieces, ...next.pieces],
    commands: [...group.commands, ...next.commands],
    managers: new Set([...group.managers, ...next.managers]),
    verbs: new Set([...group.verbs, ...next.verbs]),
    topics: new Set([...group.topics, ...next.topics]),
    usesPlace: group.usesPlace || next.usesPlace,
    directory: group.usesPlace ? group.directory : next.directory,
    movedBy: group.usesPlace ? group.movedBy : next.movedBy,
    note: group.note ?? next.note,
  };
}

const brings =
  /(?:^| )(?:install|in|up|dup|update|upgrade|dist-upgrade|full-upgrade|add|groupinstall|build-dep|ci|i)$/;

/** The clean-up that belongs in the same layer, unless present. */
export function withCleanUp(group: Group): Group {
  if (group.exec !== null) return group;
  const lines = [...group.managers].flatMap((manager) => {
    const used = [...group.verbs].some((verb) => verb.startsWith(`${manager} `) && brings.test(verb));
    return used ? (cleanUps[manager] ?? []) : [];
  });
  const missing = lines.filter((line) => !group.pieces.some(({ text }) => text.includes(line)));
  return {
    ...group,
    pieces: [...group.pieces, ...missing.map((text) => ({ text, compound: false }))],
  };
}

export const cleansLists = (group: Group): boolean =>
  group.pieces.some(({ text }) => text.includes('/var/lib/apt/lists'));

export const onlyFetchesLists = (group: Group): boolean =>
  group.verbs.size === 1 &&
  group.verbs.has('apt update') &&
  group.pieces.every(({ text }) => /^apt-get\b[^;&|]*\bupdate$/.test(text));

export const needsLists = (group: Group): boolean =>
  ['apt install', 'apt build-dep', 'apt upgrade', 'apt dist-upgrade'].some((verb) => group.verbs.has(verb)) &&
  !group.verbs.has('apt update');

export function formatGroup({ pieces, exec }: Group): string {
  if (exec !== null) return `RUN ${exec}`;
  const texts = pieces.map(({ text, compound }) => (compound && pieces.length > 1 ? `{ ${text}; }` : text));
  return `RUN ${texts.join(' \\\n && ')}`;
}
