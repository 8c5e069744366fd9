import { timeRuleOf } from './rules';
import type { Aspect, Difference, Figures } from './schema';

/** One path of an image, without its times. */
export interface TreeEntry {
  type: string;
  mode: number;
  uid: number;
  gid: number;
  size: number;
  /** Of a symbolic link; a device's numbers. */
  target: string;
  /** SHA-256 of a file's content; empty for others. */
  digest: string;
  /** Names and digests of extended attributes. */
  attributes: string;
}

/** An image's differences from its base; null: the path was removed. */
export type Changes = ReadonlyMap<string, TreeEntry | null>;

export const keyOf = ({ type, mode, uid, gid, target, digest, attributes }: TreeEntry): string =>
  [type, mode.toString(8), uid, gid, target, digest, attributes].join('|');

const describe = (entry: TreeEntry | null | undefined): string | null => {
  if (!entry) return null;
  const { type, mode, uid, gid, size, target, digest } = entry;
  const own = type === 'file' ? `${size} B ${digest.slice(0, 12)}` : target && `→ ${target}`;
  return [type, mode.toString(8).padStart(4, '0'), `${uid}:${gid}`, own].filter(Boolean).join(' ');
};

function aspectsOf(one: TreeEntry, other: TreeEntry): Aspect[] {
  const found: Aspect[] = [];
  if (one.type !== other.type) found.push('type');
  if (one.mode !== other.mode) found.push('mode');
  if (one.uid !== other.uid || one.gid !== other.gid) found.push('owner');
  if (one.target !== other.target) found.push('target');
  if (one.digest !== other.digest) found.push('content');
  if (one.attributes !== other.attributes) found.push('attributes');
  return found;
}

/** `undefined`: the path equals that of the base. */
function differenceOf(
  path: string,
  wanted: TreeEntry | null | undefined,
  built: TreeEntry | null | undefined,
): Omit<Difference, 'rule'> | null {
  const words = { path, aspects: [], wanted: describe(wanted), built: describe(built) };
  const base = 'as in the base image';
  if (wanted === undefined) return { ...words, kind: 'extra', wanted: base, built: words.built ?? 'removed' };
  if (built === undefined)
    return { ...words, kind: 'missing', built: base, wanted: words.wanted ?? 'removed' };
  if (wanted === null && built === null) return null;
  if (wanted === null) return { ...words, kind: 'extra', wanted: 'removed' };
  if (built === null) return { ...words, kind: 'missing', built: 'removed' };
  const aspects = aspectsOf(wanted, built);
  return aspects.length === 0 ? null : { ...words, kind: 'content', aspects };
}

/** Compares the changes of a build with those of the committed image, path by path. */
export function compareChanges(
  wanted: Changes,
  built: Changes,
): { figures: Figures; differences: Difference[] } {
  const figures: Figures = { agree: 0, volatile: 0, different: 0, missing: 0, extra: 0 };
  const differences: Difference[] = [];
  for (const path of new Set([...wanted.keys(), ...built.keys()])) {
    const found = differenceOf(path, wanted.get(path), built.get(path));
    const rule = found && timeRuleOf(path);
    if (!found) figures.agree += 1;
    else if (rule) figures.volatile += 1;
    else if (found.kind === 'content') figures.different += 1;
    else figures[found.kind as 'missing' | 'extra'] += 1;
    if (found) differences.push(rule ? { ...found, kind: 'time', rule } : found);
  }
  const order = { content: 0, missing: 1, extra: 2, time: 3 };
  differences.sort((one, other) => order[one.kind] - order[other.kind] || (one.path < other.path ? -1 : 1));
  return { figures, differences };
}
