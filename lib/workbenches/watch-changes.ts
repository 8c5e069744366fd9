import 'server-only';
import { containerChanges, statPath } from '@/lib/engine/containers/files';
import type { Engine } from '@/lib/engine/engine';
import { messageOf } from '@/lib/errors';
import type { ContainerId } from '@/lib/ids';
import { changesBetween, kindsOf, emptySnapshot, type Snapshot, worthStamping } from './changes';
import type { PathChange } from './schema';

/** Paths whose size and time are read after each command. */
const maxStamps = 150;
const concurrency = 4;

async function readStamps(
  engine: Engine,
  containerId: ContainerId,
  paths: string[],
): Promise<Map<string, string>> {
  const stamps = new Map<string, string>();
  const rest = [...paths];
  const work = async () => {
    for (let path = rest.pop(); path !== undefined; path = rest.pop()) {
      const stat = await statPath(engine, containerId, path);
      if (!stat) continue;
      // A directory's contents are listed separately.
      const { size, modified, mode, linkTarget } = stat;
      stamps.set(path, stat.type === 'directory' ? `${mode}` : `${mode} ${size} ${modified} ${linkTarget}`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return stamps;
}

async function readSnapshot(engine: Engine, containerId: ContainerId): Promise<Snapshot> {
  const kinds = kindsOf(await containerChanges(engine, containerId));
  return { kinds, stamps: await readStamps(engine, containerId, worthStamping(kinds, maxStamps)) };
}

export interface ChangeWatch {
  /** A command has started. */
  begun: (number: number) => void;
  /** A command has ended: reads the changes in the background. */
  after: (number: number) => void;
  /** Resolves when no reading is pending. */
  settled: () => Promise<void>;
}

/**
 * Reports the paths that each command changed. Changes are attributed to every command that ran before the engine answered,
 * since the engine cannot tell which it was and no change may be lost.
 */
export function watchChanges(
  engine: Engine,
  containerId: ContainerId,
  tell: (numbers: number[], changes: PathChange[]) => Promise<void>,
  { fresh }: { fresh: boolean },
): ChangeWatch {
  let before: Snapshot = emptySnapshot;
  let waiting: number[] = [];
  // A container that never ran has no changes; for others, read them before the next command.
  let looking: Promise<void> = fresh ? Promise.resolve() : look([]);
  let busy = !fresh;
  /** Only the latest command can be running. */
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
