import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { remember } from '@/lib/remember';

interface Turns {
  /** Settles when the last change that was asked for is over. */
  last: Promise<unknown>;
  readers: number;
}

const allTurns = () => remember('project-turns', () => new Map<string, Turns>());

function turnsOf(project: string): Turns {
  const known = allTurns().get(project);
  if (known) return known;
  const turns: Turns = { last: Promise.resolve(), readers: 0 };
  allTurns().set(project, turns);
  return turns;
}

/** Changes of one project's files, one after the other: each sees what the one before it left. */
export async function inTurn<T>(project: string, work: () => Promise<T>): Promise<T> {
  const turns = turnsOf(project);
  const mine = turns.last.then(work);
  const settled = mine.catch(() => undefined);
  turns.last = settled;
  try {
    return await mine;
  } finally {
    if (turns.last === settled && turns.readers === 0) allTurns().delete(project);
  }
}

/** Work that reads many files and needs them from one moment. Single files may change, the whole is not replaced. */
export async function whileReading<T>(project: string, work: () => Promise<T>): Promise<T> {
  const turns = await inTurn(project, async () => {
    const mine = turnsOf(project);
    mine.readers += 1;
    return mine;
  });
  try {
    return await work();
  } finally {
    turns.readers -= 1;
    await inTurn(project, async () => undefined); // forgets the project when nobody is left
  }
}

const lookAgainMs = 50;

/** A change of many files at once: in its turn, and when nobody reads them. Who only edits does not wait for readers. */
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
