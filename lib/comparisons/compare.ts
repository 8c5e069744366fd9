import { diffPaths, type PathChange } from '@/lib/filetree/diff';
import { aspectsOf, type TreeEntry } from '@/lib/filetree/entry';
import { timeRuleOf } from './rules';
import type { Difference, Figures } from './schema';

/** An image's differences from its base; null: the path was removed. */
export type Changes = ReadonlyMap<string, TreeEntry | null>;

interface Change {
  path: string;
  entry: TreeEntry | null;
}

const listOf = (changes: Changes): Change[] => [...changes].map(([path, entry]) => ({ path, entry }));

const isSame = ({ entry: one }: Change, { entry: other }: Change) =>
  one && other ? aspectsOf(one, other).length === 0 : one === other;

function textOf(change: Change | null): string {
  if (!change) return 'as in the base image';
  if (!change.entry) return 'removed';
  const { type, mode, uid, gid, size, target, digest } = change.entry;
  const own = type === 'file' ? `${size} B ${digest.slice(0, 12)}` : target && `→ ${target}`;
  return [type, mode.toString(8).padStart(4, '0'), `${uid}:${gid}`, own].filter(Boolean).join(' ');
}

/** What the committed image changed is `before`, what the build changed `after`. */
function differenceOf({ path, before, after }: PathChange<Change>): Omit<Difference, 'rule' | 'kind'> & {
  kind: 'content' | 'missing' | 'extra';
} {
  const texts = { path, aspects: [], wanted: textOf(before), built: textOf(after) };
  if (before?.entry && after?.entry)
    return { ...texts, kind: 'content', aspects: aspectsOf(before.entry, after.entry) };
  return { ...texts, kind: !before || after?.entry ? 'extra' : 'missing' };
}

/** Compares the changes of a build with those of the committed image, path by path. */
export function compareChanges(
  wanted: Changes,
  built: Changes,
): { figures: Figures; differences: Difference[] } {
  const changes = diffPaths(listOf(wanted), listOf(built), isSame);
  const all = new Set([...wanted.keys(), ...built.keys()]).size;
  const figures: Figures = { agree: all - changes.length, volatile: 0, different: 0, missing: 0, extra: 0 };
  const counted = { content: 'different', missing: 'missing', extra: 'extra' } as const;
  const differences = changes.map((change): Difference => {
    const found = differenceOf(change);
    const rule = timeRuleOf(change.path);
    figures[rule ? 'volatile' : counted[found.kind]] += 1;
    return rule ? { ...found, kind: 'time', rule } : found;
  });
  const order = { content: 0, missing: 1, extra: 2, time: 3 };
  // Stable: by path within a class.
  differences.sort((one, other) => order[one.kind] - order[other.kind]);
  return { figures, differences };
}
