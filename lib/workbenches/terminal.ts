import 'server-only';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type ContainerState, findContainer } from '@/lib/engine/containers/state';
import { startContainer } from '@/lib/engine/containers/containers';
import {
  attachTerminal,
  createExec,
  findExec,
  resizeExec,
  resizeTerminal,
  startExec,
} from '@/lib/engine/containers/terminal';
import { AppError, asAppError } from '@/lib/errors';
import { defineOperation } from '@/lib/operations/define';
import type { OperationContext } from '@/lib/operations/kinds';
import { announced, bootCommand } from './boot';
import { openCommandParser } from './command-parser';
import { endProgram } from './end-program';
import { type LastScreen, readLastScreen } from './last-screen';
import { type LiveTerminal, mustWait, openTerminal, type TerminalSize } from './live';
import { recordCommands } from './record-commands';
import { openRecording } from './recording';
import { terminalHref, type WorkbenchDetails } from './schema';
import { getWorkbench, noteEnd, noteProgram, noteRemoved, noteShell } from './store';

export const terminalRun = z.object({
  workbenchId: z.string(),
  /** start: the container, which is stopped. attach: to what runs. exec: a further program. */
  mode: z.enum(['start', 'attach', 'exec']),
  /** The container has never run. */
  fresh: z.boolean().default(false),
  /** There is no shell that could say which process the program is. */
  plain: z.boolean().default(false),
  size: z.object({ columns: z.number(), rows: z.number() }).default({ columns: 100, rows: 30 }),
});
export type TerminalRun = z.input<typeof terminalRun>;

/** By which marks of this workbench's shells are known; needs no secret, only to be no other's. */
export const markKey = (workbenchId: string): string => `w${workbenchId}`;

/** ms. Marks of a shell come with its first prompt; one that has said none by then does not tell. */
const silentFor = 5000;

interface Program {
  socket: Duplex;
  resize: (size: TerminalSize) => Promise<void>;
  execId: string | null;
}

async function connect(workbench: WorkbenchDetails, run: z.output<typeof terminalRun>): Promise<Program> {
  const { containerId, options } = workbench;
  if (run.mode === 'exec') {
    const key = markKey(workbench.id);
    const command =
      options.shell !== 'command'
        ? bootCommand(options.shell, key)
        : run.plain
          ? options.command
          : announced(options.command, key);
    const execId = await createExec(containerId, {
      command,
      terminal: true,
      environment: options.environment.map(({ name, value }) => `${name}=${value}`),
      directory: options.directory,
    });
    return { socket: await startExec(execId), resize: (size) => resizeExec(execId, size), execId };
  }
  const socket = await attachTerminal(containerId);
  if (run.mode === 'start') await startContainer(containerId);
  return { socket, resize: (size) => resizeTerminal(containerId, size), execId: null };
}

/** Where the same program was left by an earlier terminal; null where it is another one, or nothing is known of it. */
async function leftBefore(workbench: WorkbenchDetails, id: string, mode: string): Promise<LastScreen | null> {
  const before = workbench.terminals[workbench.terminals.indexOf(id) - 1];
  if (mode !== 'attach' || !before) return null;
  const screen = await readLastScreen(before);
  const startedAt = (await findContainer(workbench.containerId))?.startedAt ?? Infinity;
  return startedAt <= screen.at ? screen : null;
}

/** A size that comes as the program ends is for nobody; everything else that goes wrong is said. */
async function resizeQuietly(resize: Program['resize'], size: TerminalSize) {
  try {
    await resize(size);
  } catch (error) {
    const { code } = asAppError(error);
    if (code !== 'not_found' && code !== 'conflict' && code !== 'engine_rejected') throw error;
  }
}

async function write(socket: Duplex, bytes: Buffer) {
  if (socket.destroyed || socket.writableEnded)
    throw new AppError('conflict', 'The terminal has ended.', { hint: 'Start it again.' });
  if (!socket.write(bytes)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
}

const outcome = z.object({ exitCode: z.number().nullable(), oomKilled: z.boolean() });
type Outcome = z.output<typeof outcome>;

/** What became of the program when its connection ended by itself. */
async function outcomeOf(workbench: WorkbenchDetails, program: Program): Promise<Outcome> {
  let container: ContainerState | null;
  try {
    // The engine notes the end a moment after it closed the connection.
    for (let tries = 0; ; tries++) {
      container = await findContainer(workbench.containerId);
      if (program.execId && container?.status === 'running') {
        const exec = await findExec(program.execId);
        if (!exec.running) return { exitCode: exec.exitCode, oomKilled: false };
      }
      if (!container || (container.status !== 'running' && container.status !== 'removing') || tries >= 20)
        break;
      await sleep(50 * (tries + 1));
    }
  } catch (error) {
    throw new AppError('interrupted', 'The connection to the engine was lost.', {
      hint: 'When the engine is back, the workbench can be connected again or its container started again.',
      cause: error,
    });
  }
  if (!container) {
    await noteRemoved(workbench.id);
    throw new AppError('interrupted', 'The container was removed.', {
      hint: 'What was recorded is kept; a new workbench can be started from the image.',
    });
  }
  if (container.status === 'running' || container.status === 'paused')
    throw new AppError('interrupted', 'The connection to the terminal was lost; its container still runs.', {
      hint: 'Connect again.',
    });
  return { exitCode: container.exitCode, oomKilled: container.oomKilled };
}

async function run(context: OperationContext<z.output<typeof terminalRun>>): Promise<Outcome> {
  const { input } = context;
  const workbench = await getWorkbench(input.workbenchId);
  const { id, containerId } = workbench;
  const recording = openRecording();
  const left = await leftBefore(workbench, context.id, input.mode);
  const size = left?.size ?? input.size;
  const parser = openCommandParser(markKey(id), size.columns);
  const commands = await recordCommands({
    workbenchId: id,
    containerId,
    terminal: context.id,
    fresh: input.fresh,
    tell: (number) => context.emit({ type: 'command', number }),
  });
  const program = await connect(workbench, input);
  const { socket } = program;
  if (program.execId) await noteProgram(context.id, { execId: program.execId });

  async function setSize(size: TerminalSize) {
    terminal.size = size;
    await context.emit({ type: 'size', columns: size.columns, rows: size.rows });
    parser.resize(size.columns);
    await resizeQuietly(program.resize, size);
  }

  const terminal: LiveTerminal = {
    operationId: context.id,
    async write(bytes) {
      recording.newStretch();
      parser.typed(bytes.toString('utf8'));
      await write(socket, bytes);
    },
    resize: setSize,
    bytes: recording.bytes,
    directory: '',
    keyboard: { viewer: null, name: '' },
    size,
    async take(viewer, name) {
      terminal.keyboard = { viewer, name };
      await context.emit({ type: 'keyboard', viewer, name });
    },
    viewers: new Map(),
  };
  const close = openTerminal(id, terminal);

  let { shell, recording: told } = workbench;
  const silence = setTimeout(() => {
    if (told === 'unknown') void noteShell(id, shell, (told = 'none'));
  }, silentFor);

  const stop = () => socket.destroy();
  context.signal.addEventListener('abort', stop);

  const places: { from: number; seq: number }[] = [];
  const placeOf = (from: number) => (places.findLast((place) => place.from <= from) ?? places[0])?.seq ?? 0;

  /** The screen of the program, which does not draw it again for a new connection. */
  async function goOn(bytes: Buffer) {
    const { stored } = recording.next(bytes, Date.now());
    places.push({ from: stored.from, seq: await context.emit({ ...stored, again: true }) });
    terminal.directory = parser.resume(bytes);
  }

  let saying = false;

  async function say(bytes: Buffer) {
    saying = true;
    const at = Date.now();
    const { stored, live } = recording.next(bytes, at);
    const seq = await context.emit(stored, live);
    places.push({ from: stored.from, seq });
    const events = parser.feed(bytes, at);
    for (const event of events) {
      if (event.type === 'process') await noteProgram(context.id, { pid: event.pid });
      if (event.type !== 'prompt') continue;
      recording.newStretch();
      terminal.directory = event.directory;
      if (event.depth === 0 && (told !== 'marks' || shell !== event.shell)) {
        shell = event.shell;
        told = 'marks';
        await noteShell(id, shell, told);
      }
    }
    commands.note(events, placeOf);
    // A command's prompt is looked up by its place until it has ended: prompts of running commands are few.
    if (places.length > 4096) places.splice(0, 2048);
    while (mustWait(terminal) && !context.signal.aborted) await sleep(5);
    saying = false;
  }

  try {
    await setSize(size);
    if (left) await goOn(left.bytes);
    for await (const chunk of socket as AsyncIterable<Buffer>) await say(chunk);
  } catch (error) {
    // A connection that breaks is looked into below; what cannot be stored ends the work.
    if (saying) throw error;
  } finally {
    clearTimeout(silence);
    context.signal.removeEventListener('abort', stop);
    close();
    socket.destroy();
  }

  if (context.signal.aborted) {
    const { code } = asAppError(context.signal.reason);
    if (code === 'cancelled' || program.execId) await endProgram(workbench, context.id);
    if (code !== 'cancelled') {
      commands.note(parser.end(Date.now(), null), placeOf);
      await commands.settled();
      throw context.signal.reason;
    }
  }
  const wasLeft = context.signal.aborted && workbench.origin === 'attach';
  const ending = wasLeft ? { exitCode: null, oomKilled: false } : await outcomeOf(workbench, program);
  commands.note(parser.end(Date.now(), ending.exitCode), placeOf);
  await commands.settled();
  await noteEnd(id, { endedAt: new Date(), ...ending });
  return ending;
}

export const terminalOperation = defineOperation({
  kind: 'workbench',
  read: 'workbench:read',
  lane: 'workbench',
  input: terminalRun,
  result: outcome,
  href: terminalHref,
  runningText: 'Terminal open',
  run,
});
