import 'server-only';
import { startClock } from '@/lib/clock';
import type { OperationContext } from '@/lib/operations/kinds';
import type { WorkbenchId } from '@/lib/ids';
import { openCommandParser } from './command-parser';
import { recordCommands } from './record-commands';
import { openRecording } from './recording';
import type { WorkbenchDetails } from './schema';
import { noteProgram, noteShell } from './store';

/** Key that identifies this workbench's shell marks. Unique, not secret. */
export const markKey = (workbenchId: WorkbenchId): string => `w${workbenchId}`;

/** A shell with recording sends a mark with its first prompt; without one in this time, it has none. */
const markTimeoutMs = 5000;

export type TerminalOutput = Awaited<ReturnType<typeof openOutput>>;

/** Records and emits the output of a terminal, and reads its commands. `fresh`: the container has never run. */
export async function openOutput(
  context: OperationContext,
  workbench: WorkbenchDetails,
  fresh: boolean,
  columns: number,
) {
  const recording = openRecording();
  const clock = startClock();
  const parser = openCommandParser(markKey(workbench.id), columns);
  const commands = await recordCommands(context.engine, {
    workbenchId: workbench.id,
    containerId: workbench.containerId,
    terminal: context.id,
    fresh,
    tell: (number) => context.emit({ type: 'command', number }),
  });
  let { shell, recording: told } = workbench;
  let directory = '';
  let taking = false;
  let silence: NodeJS.Timeout | undefined;
  const places: { from: number; seq: number }[] = [];
  const placeOf = (from: number) => (places.findLast((place) => place.from <= from) ?? places[0])?.seq ?? 0;

  async function notePrompt(prompt: { shell: string; depth: number; directory: string }) {
    recording.newStretch();
    directory = prompt.directory;
    if (prompt.depth > 0 || (told === 'marks' && shell === prompt.shell)) return;
    shell = prompt.shell;
    told = 'marks';
    await noteShell(workbench.id, shell, told);
  }

  return {
    bytes: recording.bytes,
    /** The shell's directory at the last prompt; '' if unknown. */
    directory: () => directory,
    /** Received bytes are being stored: an error now is a storage error. */
    isTaking: () => taking,
    /** Sets recording to `none` if no mark is received in time. */
    awaitMarks() {
      silence = setTimeout(() => {
        if (told === 'unknown') void noteShell(workbench.id, shell, (told = 'none'));
      }, markTimeoutMs);
    },
    /** Restores the last screen, which the program does not draw again for a new connection. */
    async resume(bytes: Buffer) {
      const { stored } = recording.next(bytes, clock());
      places.push({ from: stored.from, seq: await context.emit({ ...stored, again: true }) });
      directory = parser.resume(bytes);
    },
    async take(bytes: Buffer) {
      taking = true;
      const at = clock();
      const { stored, live } = recording.next(bytes, at);
      const seq = await context.emit(stored, live);
      places.push({ from: stored.from, seq });
      const events = parser.feed(bytes, at);
      for (const event of events) {
        if (event.type === 'process') await noteProgram(context.id, { pid: event.pid });
        if (event.type === 'prompt') await notePrompt(event);
      }
      commands.note(events, placeOf);
      // Only prompts of running commands are looked up, so old positions can be dropped.
      if (places.length > 4096) places.splice(0, 2048);
      taking = false;
    },
    typed(bytes: Buffer) {
      recording.newStretch();
      parser.typed(bytes.toString('utf8'));
    },
    resize: (next: number) => parser.resize(next),
    /** No more output comes. */
    stop: () => clearTimeout(silence),
    /** The program and its commands have ended. Resolves when everything is written. */
    async end(exitCode: number | null) {
      commands.note(parser.end(clock(), exitCode), placeOf);
      await commands.settled();
    },
  };
}
