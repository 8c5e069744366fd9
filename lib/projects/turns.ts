import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { remember } from '@/lib/remember';

interface Turns {
  /** Settles after the last requested change. */
  last: Promise<unknown>;
  /** Number of running and waiting changes. */
  changes: number;
  readers: number;
}

const allTurns = () => remember('project-turns', () => new Map<string, Turns>());

function turnsOf(project: string): Turns {
  const known = allTurns().get(project);
  if (known) return known;
  const turns: Turns = { last: Promise.resolve(), changes: 0, readers: 0 };
  allTurns().set(project, turns);
  return turns;
}

const forgetIdle = (project: string, { changes, readers }: Turns) => {
  if (changes + readers === 0) allTurns().delete(project);
};

/** Runs changes of a project's files one after another. */
export async function inTurn<T>(project: string, work: () => Promise<T>): Promise<T> {
  const turns = turnsOf(project);
  turns.changes += 1;
  const mine = turns.last.then(work);
  turns.last = mine.catch(() => undefined);
  try {
    return await mine;
  } finally {
    turns.changes -= 1;
    forgetIdle(project, turns);
  }
}

/**
 * For work that reads many files in a consistent state: single files may change, but not all at once. Returns a
 * function that ends it.
 */
export async function beginReading(project: string): Promise<() => void> {
  const turns = turnsOf(project);
  await inTurn(project, async () => {
    turns.readers += 1;
  });
  let isReading = true;
  return () => {
    if (!isReading) return;
    isReading = false;
    turns.readers -= 1;
    forgetIdle(project, turns);
  };
}

export async function whileReading<T>(project: string, work: () => Promise<T>): Promise<T> {
  const endReading = await beginReading(project);
  try {
    return await work();
  } finally {
    endReading();
  }
}

const lookAgainMs = 50;

/**
 * Runs a change of many files: in order, and without concurrent readers. Edits of single files do not wait for
 * readers.
 */
export async function whenUnread<T>(
  project: string,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  for (;;) {
    signal?.throwIfAborted();
    const done = await inTurn(project, async () =>
      turnsOf(project).readers === 0 ? { result: await work() } : null,
    );
    if (done) return done.result;
    await sleep(lookAgainMs, undefined, { signal });
  }
}
