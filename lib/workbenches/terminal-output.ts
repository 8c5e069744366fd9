import 'server-only';
import type { OperationContext } from '@/lib/operations/kinds';
import { openCommandParser } from './command-parser';
import { recordCommands } from './record-commands';
import { openRecording } from './recording';
import type { WorkbenchDetails } from './schema';
import { noteProgram, noteShell } from './store';

/** By which marks of this workbench's shells are known; needs no secret, only to be no other's. */
export const markKey = (workbenchId: string): string => `w${workbenchId}`;

/** Marks of a shell come with its first prompt; one that has said none by then does not tell. */
const silentForMs = 5000;

export type TerminalOutput = Awaited<ReturnType<typeof openOutput>>;

/** Records the output of a terminal, tells it to those who watch, and reads its commands. `fresh`: its container has never run. */
export async function openOutput(
  context: OperationContext,
  workbench: WorkbenchDetails,
  fresh: boolean,
  columns: number,
) {
  const recording = openRecording();
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
    /** Where its shell was at its last prompt; '' when it does not tell. */
    directory: () => directory,
    /** Bytes have come that are not stored yet: an error now is one of storing them. */
    isTaking: () => taking,
    /** Notes that the shell does not tell, if it says no mark from now on. */
    awaitMarks() {
      silence = setTimeout(() => {
        if (told === 'unknown') void noteShell(workbench.id, shell, (told = 'none'));
      }, silentForMs);
    },
    /** The screen of a program that was left, which does not draw it again for a new connection. */
    async resume(bytes: Buffer) {
      const { stored } = recording.next(bytes, Date.now());
      places.push({ from: stored.from, seq: await context.emit({ ...stored, again: true }) });
      directory = parser.resume(bytes);
    },
    async take(bytes: Buffer) {
      taking = true;
      const at = Date.now();
      const { stored, live } = recording.next(bytes, at);
      const seq = await context.emit(stored, live);
      places.push({ from: stored.from, seq });
      const events = parser.feed(bytes, at);
      for (const event of events) {
        if (event.type === 'process') await noteProgram(context.id, { pid: event.pid });
        if (event.type === 'prompt') await notePrompt(event);
      }
      commands.note(events, placeOf);
      // A command's prompt is looked up by its place until it has ended: prompts of running commands are few.
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
    /** The program ended: so does what it ran. Resolves when everything is written. */
    async end(exitCode: number | null) {
      commands.note(parser.end(Date.now(), exitCode), placeOf);
      await commands.settled();
    },
  };
}
