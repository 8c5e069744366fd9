import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { messageOf } from '@/lib/errors';
import type { ContainerId, WorkbenchId } from '@/lib/ids';
import type { ParsedCommand, ParserEvent } from './shell-levels';
import { deleteCommand, lastCommandNumber, addChanges, saveCommand } from './commands-store';
import type { PathChange } from './schema';
import { type ChangeWatch, watchChanges } from './watch-changes';

interface CommandRecorder {
  /** Stores parser events in order, in the background. */
  note: (events: ParserEvent[], promptSeq: (from: number) => number) => void;
  /** Resolves when everything is written, including the last command's changes. */
  settled: () => Promise<void>;
}

/** Stores the commands of one terminal and their changes. `tell` reports the number of a new or updated command. */
export async function recordCommands(
  engine: Engine,
  options: {
    workbenchId: WorkbenchId;
    containerId: ContainerId;
    terminal: string;
    fresh: boolean;
    tell: (number: number) => Promise<unknown>;
  },
): Promise<CommandRecorder> {
  const { workbenchId, containerId, terminal, tell } = options;
  let last = await lastCommandNumber(workbenchId);
  const numbers = new Map<number, number>();
  let writing: Promise<void> = Promise.resolve();

  const write = (work: () => Promise<unknown>) => {
    writing = writing.then(work).then(
      () => undefined,
      (error: unknown) =>
        console.error(`A command of workbench ${workbenchId} could not be stored: ${messageOf(error)}`),
    );
  };

  const watch: ChangeWatch = watchChanges(
    engine,
    containerId,
    async (ended: number[], changes: PathChange[]) => {
      write(async () => {
        for (const number of ended) {
          await addChanges(workbenchId, number, changes);
          await tell(number);
        }
      });
      await writing;
    },
    { fresh: options.fresh },
  );
  await watch.settled();

  function numberOf(index: number): number {
    let number = numbers.get(index);
    if (number === undefined) numbers.set(index, (number = ++last));
    return number;
  }

  function save(command: ParsedCommand, promptSeq: number) {
    const { index, ...rest } = command;
    const number = numberOf(index);
    write(async () => {
      await saveCommand(workbenchId, number, { ...rest, terminal, promptSeq });
      await tell(number);
    });
    return number;
  }

  return {
    note(events, promptSeq) {
      const ended = new Set<number>();
      for (const event of events) {
        if (event.type === 'begun' || event.type === 'ended') {
          const number = save(event.command, promptSeq(event.command.promptFrom));
          if (event.type === 'ended') ended.add(number);
          else watch.begun(number);
        } else if (event.type === 'withdrawn') {
          const number = numbers.get(event.index);
          if (number === undefined) continue;
          numbers.delete(event.index);
          if (number === last) last -= 1;
          write(async () => {
            await deleteCommand(workbenchId, number);
            await tell(number);
          });
        }
      }
      for (const number of ended) watch.after(number);
    },
    async settled() {
      await writing;
      await watch.settled();
      await writing;
    },
  };
}
