import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { messageOf } from '@/lib/errors';
import type { ParsedCommand, ParserEvent } from './shell-levels';
import { deleteCommand, lastCommandNumber, addChanges, saveCommand } from './commands-store';
import type { PathChange } from './schema';
import { type ChangeWatch, watchChanges } from './watch-changes';

export interface CommandRecorder {
  /** Notes what the parser said; written in order, without anybody waiting for the disk. */
  note: (events: ParserEvent[], promptSeq: (from: number) => number) => void;
  /** When everything is written, the changes of the last command too. */
  settled: () => Promise<void>;
}

/** Writes the commands of one terminal and what each changed. `tell` says which number is new or another. */
export async function recordCommands(
  engine: Engine,
  options: {
    workbenchId: string;
    containerId: string;
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
        console.error(`A command of workbench ${workbenchId} could not be kept: ${messageOf(error)}`),
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
