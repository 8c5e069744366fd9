import 'server-only';
import { getCommitSource } from '@/lib/engine/containers/containers';
import { containerChanges } from '@/lib/engine/containers/files';
import type { CommitSource } from '@/lib/engine/containers/types';
import { findImage } from '@/lib/engine/images/images';
import { AppError } from '@/lib/errors';
import { requireEngine } from '@/lib/operations/require-engine';
import { type Engine, engineCache } from '@/lib/engine/engine';
import { scanChanges } from './scan';
import type { Review, ReviewEntry, ReviewNode } from './schema';
import { childrenOf, markedGroups } from './tree';

/** Time limit for reading sizes and contents; the page waits for it. */
const budgetMs = 12_000;
/** Reviews kept in memory, so that their directories can be opened. */
const kept = 10;

const known = engineCache('commit-reviews', () => new Map<string, ReviewEntry[]>());

function keep(engine: Engine, id: string, entries: ReviewEntry[]) {
  const reviews = known(engine);
  reviews.delete(id);
  reviews.set(id, entries);
  const [oldest] = reviews.keys();
  if (reviews.size > kept && oldest) reviews.delete(oldest);
}

export async function findSource(engine: Engine, container: string): Promise<CommitSource> {
  await requireEngine(engine);
  try {
    const source = await getCommitSource(engine, container);
    if (!/^(?:sha256:)?[a-f0-9]{12,64}$/.test(source.imageName)) return source;
    // Created by image id, as workbenches are: show a tag instead.
    const image = await findImage(engine, source.imageId);
    return { ...source, imageName: image?.tags[0] ?? source.imageName };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
    throw new AppError('not_found', 'No such container.', {
      hint: 'It may have been removed, or auto-removed on exit. Commit a container that still exists.',
    });
  }
}

const countOf = (entries: ReviewEntry[], kind: ReviewEntry['kind']) =>
  entries.filter((entry) => entry.kind === kind).length;

/** Reads the changes that a commit of this container would include. */
export async function reviewContainer(engine: Engine, source: CommitSource): Promise<Review> {
  const { id, name, imageName, running, mounts } = source;
  const changes = await containerChanges(engine, id);
  const targets = mounts.map((mount) => mount.target.replace(/(?<=.)\/$/, ''));
  const { entries, partial } = await scanChanges(engine, id, changes, targets, budgetMs);
  keep(engine, id, entries);
  return {
    container: { id, name, image: imageName, running },
    counts: {
      added: countOf(entries, 'added'),
      changed: countOf(entries, 'changed'),
      removed: countOf(entries, 'removed'),
    },
    size: entries.reduce((sum, entry) => sum + (entry.size ?? 0), 0),
    partial,
    roots: childrenOf(entries, '').nodes,
    groups: markedGroups(entries),
    volumes: mounts.map(({ kind, target }) => ({ kind, target })),
  };
}

/** One directory of an earlier review. */
export function openDirectory(
  engine: Engine,
  container: string,
  path: string,
): { nodes: ReviewNode[]; more: number } {
  const entries = known(engine).get(container);
  if (entries) return childrenOf(entries, path);
  throw new AppError('conflict', 'This review has expired.', { hint: 'Reload the page.' });
}
