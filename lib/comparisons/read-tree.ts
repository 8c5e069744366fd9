import 'server-only';
import { createHash } from 'node:crypto';
import { createScratchContainer } from '@/lib/engine/containers/create';
import { exportContainer } from '@/lib/engine/containers/files';
import { removeContainer } from '@/lib/engine/containers/containers';
import type { Engine } from '@/lib/engine/engine';
import { openDiff } from '@/lib/filetree/diff';
import { keyOf, type TreeEntry } from '@/lib/filetree/entry';
import { type ReadProgress, readTree } from '@/lib/filetree/read-tar';
import type { Changes } from './compare';
import { engineMade } from './rules';

interface Reading {
  image: string;
  scratch: string;
  signal: AbortSignal;
  /** Called after each path; may wait. */
  tell: (progress: ReadProgress) => Promise<void>;
}

/** Reads every path of an image from a container that is never started. */
async function* readImage(engine: Engine, { image, scratch, signal, tell }: Reading) {
  const container = await createScratchContainer(engine, image, scratch, ['-'], '');
  const progress = { paths: 0, bytes: 0 };
  const isWanted = (path: string) => !engineMade.test(path);
  try {
    for await (const found of readTree(await exportContainer(engine, container, signal), {
      isWanted,
      progress,
    })) {
      yield found;
      await tell(progress);
    }
  } finally {
    await removeContainer(engine, container);
  }
}

/** A digest per path, enough to find equal paths in another image. */
export type Keys = Map<string, string>;

const short = (entry: TreeEntry) => createHash('sha256').update(keyOf(entry)).digest('base64').slice(0, 22);

export async function readKeys(engine: Engine, reading: Reading): Promise<Keys> {
  const keys: Keys = new Map();
  for await (const { path, entry } of readImage(engine, reading)) keys.set(path, short(entry));
  return keys;
}

/** Reads an image's differences from its base; equal paths are not kept. */
export async function readChanges(engine: Engine, base: Keys, reading: Reading): Promise<Changes> {
  const changes = new Map<string, TreeEntry | null>();
  const diff = openDiff(base, (key, entry: TreeEntry) => key === short(entry));
  for await (const { path, entry } of readImage(engine, reading)) {
    const change = diff.see(path, entry);
    if (change) changes.set(path, change.after);
  }
  for (const { path } of diff.removed()) changes.set(path, null);
  return changes;
}
