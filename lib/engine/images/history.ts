import type { StepKind } from '@/lib/events/events';
import type { HistoryEntry } from './types';

/** The engine lists the newest entry first. */
interface RawHistory {
  Id: string;
  Created: number;
  CreatedBy: string;
  Size: number;
  Comment: string;
  Tags: string[] | null;
}

const shell = '/bin/sh -c ';

/** The engine puts build arguments before the command: `|2 a=1 b=2 /bin/sh -c ...`. */
function withoutArguments(text: string): string {
  if (!/^\|\d+ /.test(text)) return text;
  const at = text.indexOf(shell);
  return at < 0 ? text : text.slice(at);
}

/** A set or a list as Go prints it: `EXPOSE map[80/tcp:{} 443/tcp:{}]`, `EXPOSE [80/tcp 443/tcp]`. */
const exposed = /^EXPOSE (?:map)?\[(.*)\]$/;

/** The instruction of the Dockerfile, as far as the engine stored it. */
export function cleanInstruction(createdBy: string): string {
  const text = createdBy.replace(/ # buildkit\s*$/, '').trim();
  const nop = /^\/bin\/sh -c #\(nop\)\s+(.*)$/s.exec(text);
  const ports = exposed.exec(text);
  if (ports) return `EXPOSE ${ports[1]!.replaceAll(':{}', '')}`;
  if (nop) return nop[1]!.replace(/^((?:ADD|COPY) \S+) in /, '$1 ');
  const run = withoutArguments(text.startsWith('RUN ') ? text.slice(4) : text);
  if (run.startsWith(shell)) return `RUN ${run.slice(shell.length)}`;
  return text.startsWith('RUN ') ? `RUN ${run}` : text;
}

const configWords =
  /^(ARG|CMD|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|SHELL|STOPSIGNAL|USER|VOLUME)\b/i;

/** What is not from a Dockerfile (a commit) is internal. */
export function instructionKind(instruction: string): StepKind {
  if (/^RUN\b/i.test(instruction)) return 'run';
  if (/^(COPY|ADD)\b/i.test(instruction)) return 'copy';
  if (/^FROM\b/i.test(instruction)) return 'base';
  return /^WORKDIR\b/i.test(instruction) || configWords.test(instruction) ? 'config' : 'internal';
}

/** diff id of a layer without files. */
const emptyLayer = 'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef';

interface Candidate {
  size: number;
  /** Only changes the configuration, so it has no layer. */
  config: boolean;
}

/**
 * The engine lists layers and history separately, and does not tell which entries have no layer. Entries with a size
 * have one. The remaining layers belong to entries without a size: an entry gets a layer only if every possible
 * assignment gives it the same one.
 */
export function matchLayers(entries: readonly Candidate[], layers: readonly string[]) {
  const sure = entries.filter((entry) => entry.size > 0).length;
  const possible = entries.filter((entry) => entry.size === 0 && !entry.config).length;
  const missing = layers.length - sure;
  if (missing < 0 || missing > possible) return entries.map(() => undefined);
  if (missing === 0) return assign(entries, layers, 0);
  const early = assign(entries, layers, missing);
  const late = assign(entries.toReversed(), layers.toReversed(), missing).toReversed();
  return early.map((layer, index) => (layer === late[index] ? layer : undefined));
}

function assign(
  candidates: readonly Candidate[],
  layers: readonly string[],
  free: number,
): (string | undefined)[] {
  let at = 0;
  let left = free;
  return candidates.map(({ size, config }) => {
    if (size > 0) return layers[at++];
    if (config || left === 0) return undefined;
    left--;
    return layers[at++];
  });
}

/** `zeroIsUnknown`: a layer with size 0 is not unpacked yet, and never will be in an image of another platform. */
export function parseHistory(
  raw: readonly RawHistory[],
  layers: readonly string[],
  { zeroIsUnknown = false } = {},
): HistoryEntry[] {
  const entries = raw.toReversed().map((entry, index) => {
    const instruction = cleanInstruction(entry.CreatedBy);
    const kind = instructionKind(instruction);
    // The first entry of an imported root file system.
    const imported = index === 0 && entry.Size > 0 && kind === 'internal';
    return { entry, instruction, kind: imported ? ('base' as const) : kind };
  });
  const sizes = entries.map(({ entry, instruction }) => ({
    size: entry.Size,
    config: configWords.test(instruction),
  }));
  const matched = matchLayers(sizes, layers);
  const isUnknown = (index: number): boolean => {
    const { size, config } = sizes[index]!;
    if (!zeroIsUnknown || size > 0 || matched[index] === emptyLayer) return false;
    return matched[index] !== undefined || (!config && matched.filter(Boolean).length < layers.length);
  };
  return entries.map(({ entry, instruction, kind }, index) => ({
    id: /^(sha256:)?[a-f0-9]{12,64}$/.test(entry.Id) ? entry.Id : null,
    created: entry.Created * 1000,
    instruction,
    kind,
    size: isUnknown(index) ? null : entry.Size,
    empty:
      entry.Size === 0 &&
      !isUnknown(index) &&
      (matched[index] === undefined || matched[index] === emptyLayer),
    layer: matched[index],
    comment: entry.Comment,
    tags: entry.Tags ?? [],
  }));
}
