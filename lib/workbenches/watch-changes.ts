import 'server-only';
import { containerChanges, statPath } from '@/lib/engine/containers/files';
import type { Engine } from '@/lib/engine/engine';
import { messageOf } from '@/lib/errors';
import { changesBetween, kindsOf, emptySnapshot, type Snapshot, worthStamping } from './changes';
import type { PathChange } from './schema';

/** Paths whose size and time are asked for after each command, a few at a time. */
const stamped = 150;
const atOnce = 4;

async function readStamps(
  engine: Engine,
  containerId: string,
  paths: string[],
): Promise<Map<string, string>> {
  const stamps = new Map<string, string>();
  const rest = [...paths];
  const work = async () => {
    for (let path = rest.pop(); path !== undefined; path = rest.pop()) {
      const stat = await statPath(engine, containerId, path);
      if (!stat) continue;
      // What is in a directory is listed by itself.
      const { size, modified, mode, linkTarget } = stat;
      stamps.set(path, stat.type === 'directory' ? `${mode}` : `${mode} ${size} ${modified} ${linkTarget}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return stamps;
}

async function readSnapshot(engine: Engine, containerId: string): Promise<Snapshot> {
  const kinds = kindsOf(await containerChanges(engine, containerId));
  return { kinds, stamps: await readStamps(engine, containerId, worthStamping(kinds, stamped)) };
}

export interface ChangeWatch {
  /** A command runs from now on. */
  begun: (number: number) => void;
  /** A command has ended: look now, without anybody waiting for it. */
  after: (number: number) => void;
  /** When everything asked for is known. */
  settled: () => Promise<void>;
}

/**
 * Tells after each command which paths it changed. What a look finds is put down for every command that ran before the
 * engine answered it, the next one too when it was quick: nobody can tell which it was, and a change must not be lost.
 */
export function watchChanges(
  engine: Engine,
  containerId: string,
  tell: (numbers: number[], changes: PathChange[]) => Promise<void>,
  { fresh }: { fresh: boolean },
): ChangeWatch {
  let before: Snapshot = emptySnapshot;
  let waiting: number[] = [];
  // One that never ran differs in nothing; of another it has to be known before its next command.
  let looking: Promise<void> = fresh ? Promise.resolve() : look([]);
  let busy = !fresh;
  /** Only the newest can be running: what stands around it waits for it. */
  let running: number | null = null;

  async function look(numbers: number[]) {
    try {
      const snapshot = await readSnapshot(engine, containerId);
      const changes = changesBetween(before, snapshot);
      before = snapshot;
      const involved = [...numbers, ...waiting, ...(running === null ? [] : [running])];
      if (involved.length && changes.length) await tell(involved, changes);
    } catch (error) {
      console.warn(
        `The changes of container ${containerId.slice(0, 12)} could not be read: ${messageOf(error)}`,
      );
    }
    if (!waiting.length) {
      busy = false;
      return;
    }
    const next = waiting;
    waiting = [];
    await look(next);
  }

  return {
    begun(number) {
      running = number;
    },
    after(number) {
      if (running === number) running = null;
      waiting.push(number);
      if (busy) return;
      busy = true;
      const next = waiting;
      waiting = [];
      looking = look(next);
    },
    settled: () => looking,
  };
}
