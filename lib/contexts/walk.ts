import 'server-only';
import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { outside } from './files';
import { noRules, type Rules, type Verdict } from './rules';

interface EntryBase {
  /** Relative to the context, with `/`. */
  path: string;
  /** Mode as in stat. */
  mode: number;
  /** Bytes of a file; otherwise 0. */
  size: number;
  /** ns since 1970 */
  modified: bigint;
  /** Excluded; only listed on request. */
  ignored?: boolean;
}

/** A file, directory or symbolic link of a build context. */
export type ContextEntry = EntryBase &
  ({ type: 'file' | 'directory' } | { type: 'symlink'; linkname: string });

export interface WalkOptions {
  /** The directory to start in; default: the root. */
  from?: string;
  /** The ignore rules. */
  ignore?: Rules;
  /** Paths sent even if excluded, with their parent directories. */
  always?: readonly string[];
  /** Restricts the entries to matching ones, with their parent directories. */
  wanted?: Rules;
  /** Lists excluded entries, too, and descends into excluded directories while this returns true. */
  showIgnored?: () => boolean;
}

/** Yields several entries at a time: with one promise per entry, promises would take most of the time. */
type Entries = AsyncGenerator<ContextEntry[], void, void>;

/** The state of a path, needed for the paths below it. */
interface Standing {
  ignored: Verdict;
  wanted: Verdict;
  leftOut: boolean;
  /** Applies to everything below. */
  settled: boolean;
}

interface Walk {
  root: string;
  standing: (file: string, above: Standing) => Standing;
  showIgnored?: () => boolean;
}

/** Yields to other work of the server after this time. */
const turnMs = 5;

/** The engine checks the order of bytes, which for ASCII is the order of UTF-16. */
function inByteOrder(names: string[]): string[] {
  if (names.every((name) => /^[\x20-\x7e]*$/.test(name))) return names.toSorted();
  return names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/**
 * Reads an entry; null for unsupported ones (sockets, pipes, devices) and removed ones. Synchronous: five times
 * faster than promises, and 100,000 files are common.
 */
function readEntry(root: string, file: string): ContextEntry | null {
  const full = path.join(root, file);
  const stat = lstatSync(full, { bigint: true, throwIfNoEntry: false });
  if (!stat) return null;
  const base = { path: file, mode: Number(stat.mode), modified: stat.mtimeNs };
  if (stat.isDirectory()) return { ...base, type: 'directory', size: 0 };
  if (stat.isFile()) return { ...base, type: 'file', size: Number(stat.size) };
  return stat.isSymbolicLink() ? { ...base, type: 'symlink', size: 0, linkname: readlinkSync(full) } : null;
}

async function* walkFolder(walk: Walk, folder: string, above: Standing): Entries {
  const { root, showIgnored } = walk;
  const full = path.join(root, folder);
  if (realpathSync(full) !== full) throw outside(folder);
  let entries: ContextEntry[] = [];
  let since = performance.now();
  for (const name of inByteOrder(await readdir(full))) {
    const file = folder ? `${folder}/${name}` : name;
    const standing = walk.standing(file, above);
    const { leftOut, settled } = standing;
    if (leftOut && settled && !showIgnored) continue;
    const entry = readEntry(root, file);
    if (!entry) continue;
    if (!leftOut) entries.push(entry);
    else if (showIgnored) entries.push({ ...entry, ignored: true });
    const below = entry.type === 'directory' && (!(leftOut && settled) || showIgnored?.() === true);
    if (!below && performance.now() - since < turnMs) continue;
    yield entries;
    entries = [];
    if (below) {
      const children = walkFolder(walk, file, standing);
      yield* leftOut && !showIgnored ? withParent(entry, children) : children;
    } else await setImmediate();
    since = performance.now();
  }
  yield entries;
}

/** An excluded directory is sent if something in it is included again. */
async function* withParent(parent: ContextEntry, children: Entries): Entries {
  let sent = false;
  for await (const entries of children) {
    if (entries.length === 0) continue;
    yield sent ? entries : [parent, ...entries];
    sent = true;
  }
}

/** The parent directories of a path. */
const parentsOf = (file: string): string[] =>
  file
    .split('/')
    .slice(0, -1)
    .map((_part, index, parts) => parts.slice(0, index + 1).join('/'));

function openWalk(root: string, { ignore = noRules, always = [], wanted, showIgnored }: WalkOptions): Walk {
  const kept = new Set(always.flatMap((file) => [file, ...parentsOf(file)]));
  return {
    root,
    showIgnored,
    standing(file, above) {
      if (above.settled) return above;
      const ignored = ignore.judge(file, above.ignored);
      if (!wanted && kept.size === 0 && !above.leftOut && ignored === above.ignored) return above;
      const asked = wanted ? wanted.judge(file, above.wanted) : above.wanted;
      const leftOut = !kept.has(file) && (ignored.matched || (wanted !== undefined && !asked.matched));
      const mayHold = () =>
        (!ignored.matched || ignore.mayChangeBelow(file, ignored)) &&
        (!wanted || asked.matched || wanted.mayChangeBelow(file, asked));
      return { ignored, wanted: asked, leftOut, settled: leftOut && !mayHold() };
    },
  };
}

/**
 * All entries of a context, parents first, names in byte order. Links are not followed. The only way to list files,
 * so that a build sends what the previews show.
 */
export function walkContext(root: string, options: WalkOptions = {}): Entries {
  const { ignore = noRules, wanted = noRules, from = '' } = options;
  const walk = openWalk(root, options);
  let standing: Standing = {
    ignored: ignore.top,
    wanted: wanted.top,
    leftOut: false,
    settled: ignore.isEmpty && !options.wanted,
  };
  for (const folder of from ? [...parentsOf(from), from] : []) standing = walk.standing(folder, standing);
  return walkFolder(walk, from, standing);
}
