import {
  cleansLists,
  formatGroup,
  type Group,
  isRelated,
  join,
  managersOf,
  needsLists,
  onlyFetchesLists,
  topicsOf,
  withCleanUp,
} from './groups';
import { isSecretName } from '@/lib/known/secrets';
import { formatWords } from '@/lib/shell/command-line';
import { execFormOf } from './exec-form';
import type { RecipeInput } from './input';
import { pathsLeftOut } from './left-out';
import { isVolatile } from './noise';
import { usesPlace } from './programs';
import { forBuild, usesSudo } from './rewrite';
import { type DropReason, filesDirectory, type Recipe, type RecipeLine, restArchive } from './schema';
import { type Choice, chooseCommands, writtenPaths } from './select';
import { unexplainedPaths, withoutParents } from './unexplained';

/** More unexplained files than this are added as one archive. */
const maxSingleCopies = 10;

const quoteValue = (value: string) =>
  /^[\w./:@%+,=-]+$/.test(value) ? value : `"${value.replace(/[\\"$`]/g, '\\$&')}"`;

class RecipeBuilder {
  readonly lines: RecipeLine[] = [];
  readonly files: Recipe['files'] = [];
  private readonly explained = new Set<string>();
  private readonly variables = new Set<string>();
  private group: Group | null = null;
  private user: string;
  private directory: string;
  private listsGone = false;
  private lastMove: number[] = [];
  private lastUser: number[] = [];
  private lastUpdate: number[] = [];
  /** Commands that fetched package lists, pending their first use. */
  waitingUpdate: number[] = [];

  constructor(
    private readonly input: RecipeInput,
    private readonly leftOut: ReadonlyMap<number, string[]>,
  ) {
    this.user = input.from.user || 'root';
    this.directory = input.from.workingDirectory || '/';
    this.lines.push({ text: `FROM ${input.base}`, commands: [] });
  }

  private add(text: string, commands: number[], note?: string) {
    this.lines.push({ text, commands, ...(note && { note }) });
  }

  private setUser(user: string, commands: number[]) {
    if (user === this.user) return;
    this.add(`USER ${user}`, commands);
    this.user = user;
  }

  private setDirectory(directory: string, commands: number[]) {
    if (directory === this.directory) return;
    this.add(`WORKDIR ${/\s/.test(directory) ? JSON.stringify(directory) : directory}`, commands);
    this.directory = directory;
  }

  /** Writes the pending RUN. */
  private flush() {
    let { group } = this;
    this.group = null;
    if (!group) return;
    if (onlyFetchesLists(group)) {
      // Alone it would be a layer of package lists only: it is joined with the installation that needs them.
      this.waitingUpdate = group.commands;
      this.lastUpdate = group.commands;
      return;
    }
    if (needsLists(group) && (this.listsGone || this.waitingUpdate.length > 0))
      group = {
        ...group,
        pieces: [{ text: 'apt-get update', compound: false }, ...group.pieces],
        commands: [...this.lastUpdate, ...group.commands],
      };
    if (group.managers.has('apt')) this.waitingUpdate = [];
    group = withCleanUp(group);
    if (group.verbs.has('apt update')) this.lastUpdate = group.commands.slice(0, 1);
    if (cleansLists(group)) this.listsGone = true;
    this.setUser(group.user, group.switchedBy);
    if (group.usesPlace) this.setDirectory(group.directory, group.movedBy);
    this.add(formatGroup(group), group.commands, group.note);
  }

  private copy(path: string, commands: number[]) {
    const facts = this.input.files.get(path);
    if (!facts || this.files.some((file) => file.path === path)) return;
    if (facts.type !== 'file') return; // a link or directory goes in with the rest
    this.flush();
    const source = filesDirectory + path;
    this.files.push({ path, source });
    this.explained.add(path);
    const owner = facts.uid === 0 && facts.gid === 0 ? '' : `--chown=${facts.uid}:${facts.gid} `;
    const plain = /^[\w./+@%=:,-]+$/.test(path);
    this.add(`COPY ${owner}${plain ? `${source} ${path}` : JSON.stringify([source, path])}`, commands);
  }

  private upload(path: string, after: number) {
    const facts = this.input.files.get(path);
    if (facts) return this.copy(path, after > 0 ? [after] : []);
    this.flush();
    this.add(
      `# ${path} was put in from the browser and is gone from the image: add it to the project, and COPY it here.`,
      after > 0 ? [after] : [],
      'This file cannot be taken out of the image.',
    );
  }

  private setVariables(choice: Choice) {
    for (const { name, value } of choice.variables) {
      if (!/^[A-Za-z_]\w*$/.test(name)) continue;
      this.flush();
      const { number } = choice.command;
      if (isSecretName(name))
        this.add(`ARG ${name}`, [number], 'It looks like a secret, so its value is not written down.');
      else if (value !== null && /[\r\n]/.test(value))
        this.add(`ARG ${name}`, [number], 'Its value has several lines, which ENV cannot hold.');
      else this.add(`ENV ${name}=${quoteValue(value ?? '')}`, [number]);
      this.variables.add(name);
    }
  }

  private run({ command, script, note: own }: Choice) {
    const made = script ? forBuild(script, this.variables) : command.text;
    const gone = this.leftOut.get(command.number);
    const removal = gone ? `rm -rf ${formatWords(gone)}` : null;
    const note = own ?? (gone && 'What the commit left out is removed again.');
    const { managers, verbs } = managersOf(script);
    const compound = script
      ? script.operators.some((operator) => [';', '||', '&', '\n'].includes(operator))
      : true;
    const next: Group = {
      pieces: [{ text: made, compound }, ...(removal ? [{ text: removal, compound: false }] : [])],
      commands: [command.number],
      managers,
      verbs,
      topics: topicsOf(command, script),
      directory: command.directory || this.directory,
      usesPlace: script ? usesPlace(script) : true,
      user: script && usesSudo(script) ? 'root' : command.user || this.group?.user || this.user,
      movedBy: this.lastMove,
      switchedBy: this.lastUser,
      exec: execFormOf(command, script, made, removal),
      ...(note && { note }),
    };
    for (const change of command.changes) this.explained.add(change.path);
    if (this.group && this.fitsPlace(this.group, next) && isRelated(this.group, next))
      this.group = join(this.group, next);
    else {
      this.flush();
      this.group = next;
    }
  }

  /** A WORKDIR is needed between them: before the first, it would create the directory that the first creates. */
  private fitsPlace(group: Group, next: Group): boolean {
    return !next.usesPlace || next.directory === (group.usesPlace ? group.directory : this.directory);
  }

  /** It only writes files whose final content is copied. */
  private isCopied({ command, script }: Choice): boolean {
    const written = command.changes.filter(({ path, kind }) => kind !== 'removed' && !isVolatile(path));
    const isFile = (path: string) => this.files.some((file) => file.path === path);
    if (command.changes.length > 0) return written.length > 0 && written.every(({ path }) => isFile(path));
    const named = script ? writtenPaths(command, script) : [];
    return named.length > 0 && named.every(isFile);
  }

  /** Records why it has no line. */
  take(choice: Choice): DropReason | null {
    const { command } = choice;
    const dropped = choice.dropped ?? (this.isCopied(choice) ? 'file' : null);
    if (dropped === null) this.run(choice);
    for (const path of choice.copies) this.copy(path, [command.number]);
    this.setVariables(choice);
    if (dropped === 'shell' && /\b(?:cd|pushd|popd)\b/.test(command.text)) this.lastMove = [command.number];
    if (dropped === 'shell' && /\b(?:su|exit|logout)\b/.test(command.text)) this.lastUser = [command.number];
    return dropped;
  }

  takeUploads(after: number) {
    for (const { path, afterCommand } of this.input.uploads)
      if (afterCommand === after) this.upload(path, after);
  }

  private takeRest(): string[] {
    const { allInArchive, files } = this.input;
    const present = unexplainedPaths(this.input, this.explained, 'present');
    const rest = allInArchive ? present : withoutParents(present, this.input);
    const plain = rest.filter((path) => files.get(path)!.type === 'file');
    const oneByOne = !allInArchive && plain.length <= maxSingleCopies && plain.length === rest.length;
    if (oneByOne) for (const path of plain) this.copy(path, []);
    this.flush();
    if (!oneByOne)
      this.add(
        `ADD ${restArchive} /`,
        [],
        `What no command explains: ${rest.length} paths, with owners and modes.`,
      );
    const removed = unexplainedPaths(this.input, this.explained, 'removed');
    if (removed.length > 0) {
      this.setUser('root', []);
      this.add(`RUN rm -rf ${formatWords(removed)}`, [], 'Removed, and no command explains it.');
    }
    return oneByOne ? [] : rest;
  }

  end(): string[] {
    const rest = this.takeRest();
    const { to, from, instructions } = this.input;
    const isSet = (keyword: string) => instructions.some((line) => line.startsWith(`${keyword} `));
    if (!isSet('WORKDIR')) this.setDirectory(to.workingDirectory || from.workingDirectory || '/', []);
    for (const line of instructions) this.add(line, []);
    if (!isSet('USER')) this.setUser(to.user || 'root', []);
    return rest;
  }
}

/**
 * Generates a Dockerfile from recorded commands. Only commands that changed files or the environment are kept; results that
 * cannot be repeated (editors, uploads) are copied from the image.
 */
export function makeRecipe(input: RecipeInput): Recipe {
  const choices = chooseCommands(input.commands);
  const leftOut = input.leavesOut ? pathsLeftOut(choices, input.changes) : new Map<number, string[]>();
  const builder = new RecipeBuilder(input, leftOut);
  builder.takeUploads(0);
  const dropped: Recipe['dropped'] = [];
  for (const choice of choices) {
    const { command, note } = choice;
    const reason = builder.take(choice);
    if (reason) dropped.push({ command: command.number, reason, ...(note && { note }) });
    builder.takeUploads(command.number);
  }
  const rest = builder.end();
  for (const command of builder.waitingUpdate) dropped.push({ command, reason: 'noise' });
  return {
    lines: builder.lines,
    files: builder.files,
    rest,
    dropped,
  };
}
