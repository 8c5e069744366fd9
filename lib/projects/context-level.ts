import 'server-only';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { walkContext } from './context';
import { notThere } from './files';
import { readIgnore } from './ignore';
import { resolveInside } from './resolve-inside';
import type { ContextLevel, ContextNode } from './schema';
import { suspicionOf } from './suspicion';

/** Of one directory: more than this nobody looks through. */
const maxShown = 200;
/** Entries that are looked at: a directory that is left out may have very many. */
const maxEntries = 300_000;

const newNode = (name: string, at: string): ContextNode => ({
  name,
  path: at,
  type: 'file',
  files: 0,
  bytes: 0,
  ignoredFiles: 0,
  ignoredBytes: 0,
  warnings: 0,
  why: null,
});

const largestFirst = (one: ContextNode, other: ContextNode) =>
  other.bytes - one.bytes ||
  other.ignoredBytes - one.ignoredBytes ||
  one.name.localeCompare(other.name, 'en');

/**
 * One directory of a context as a build would see it: what of each entry is sent and what is left out, with all that is
 * below it.
 */
export async function readContextLevel(
  root: string,
  dockerfile: string,
  level: string,
): Promise<ContextLevel> {
  const { stats } = await resolveInside(root, level);
  if (!stats?.isDirectory()) throw notThere(level);
  const { excludes, source } = await readIgnore(root, dockerfile);
  const nodes = new Map<string, ContextNode>();
  let entries = 0;
  for await (const entry of walkContext(root, level, () => entries < maxEntries)) {
    entries += 1;
    const below = level ? entry.path.slice(level.length + 1) : entry.path;
    const name = below.split('/', 1)[0]!;
    let node = nodes.get(name);
    if (!node) nodes.set(name, (node = newNode(name, path.posix.join(level, name))));
    const isDirectory = entry.type === 'directory';
    if (below === name) node.type = entry.type;
    const ignored = excludes(entry.path, false);
    const suspicion = ignored ? null : suspicionOf(entry.path, isDirectory);
    if (suspicion) node.warnings += 1;
    if (suspicion && below === name) node.why = suspicion.why;
    if (below === name && ignored) node.ignored = true;
    if (isDirectory) continue;
    if (ignored) {
      node.ignoredFiles += 1;
      node.ignoredBytes += entry.size;
    } else {
      node.files += 1;
      node.bytes += entry.size;
    }
  }
  const sorted = [...nodes.values()].toSorted(largestFirst);
  return {
    source,
    nodes: sorted.slice(0, maxShown),
    more: Math.max(0, sorted.length - maxShown),
    complete: entries < maxEntries,
  };
}

/** The same, or null where it cannot be read: the panel above says why. */
export async function findContextLevel(root: string, dockerfile: string): Promise<ContextLevel | null> {
  try {
    return await readContextLevel(root, dockerfile, '');
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
