import 'server-only';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { demandForContainer } from '@/lib/containers/host-access';
import { findContainer, startContainer } from '@/lib/engine/containers/containers';
import type { ContainerDetails } from '@/lib/engine/containers/types';
import {
  attachTerminal,
  createExec,
  findExec,
  resizeExec,
  resizeTerminal,
  startExec,
} from '@/lib/engine/containers/terminal';
import type { Engine } from '@/lib/engine/engine';
import { AppError, asAppError } from '@/lib/errors';
import { defineOperation } from '@/lib/operations/define';
import { untilStored } from '@/lib/operations/storage';
import type { OperationContext } from '@/lib/operations/kinds';
import { announced, bootCommand } from './boot';
import { endProgram } from './end-program';
import { type LastScreen, readLastScreen } from './last-screen';
import { type LiveTerminal, mustWait, openTerminal, type TerminalSize } from './live';
import { terminalHref, type WorkbenchDetails } from './schema';
import { getWorkbench, noteEnd, noteProgram, noteRemoved } from './store';
import { markKey, openOutput, type TerminalOutput } from './terminal-output';
import { openTyped, removeTyped } from './typed';

const terminalRun = z.object({
  workbenchId: z.string(),
  /** start: a stopped container. attach: to the running process. exec: another program. */
  mode: z.enum(['start', 'attach', 'exec']),
  /** The container has never run. */
  fresh: z.boolean().default(false),
  /** No shell is available to report the program's process id. */
  plain: z.boolean().default(false),
  size: z.object({ columns: z.number(), rows: z.number() }).default({ columns: 100, rows: 30 }),
});
export type TerminalRun = z.input<typeof terminalRun>;

interface Program {
  socket: Duplex;
  resize: (size: TerminalSize) => Promise<void>;
  execId: string | null;
}

async function connect(
  engine: Engine,
  workbench: WorkbenchDetails,
  run: z.output<typeof terminalRun>,
): Promise<Program> {
  const { containerId, options } = workbench;
  if (run.mode === 'exec') {
    const key = markKey(workbench.id);
    const command =
      options.shell !== 'command'
        ? bootCommand(options.shell, key)
        : run.plain
          ? options.command
          : announced(options.command, key);
    const execId = await createExec(engine, containerId, {
      command,
      terminal: true,
      environment: options.environment.map(({ name, value }) => `${name}=${value}`),
      directory: options.directory,
    });
    return {
      socket: await startExec(engine, execId),
      resize: (size) => resizeExec(engine, execId, size),
      execId,
    };
  }
  const socket = await attachTerminal(engine, containerId);
  if (run.mode === 'start') await startContainer(engine, containerId);
  return { socket, resize: (size) => resizeTerminal(engine, containerId, size), execId: null };
}

/** The last screen of an earlier terminal of the same process; null for another process or if unknown. */
async function leftBefore(
  engine: Engine,
  workbench: WorkbenchDetails,
  id: string,
  mode: string,
): Promise<LastScreen | null> {
  const before = workbench.terminals[workbench.terminals.indexOf(id) - 1];
  if (mode !== 'attach' || !before) return null;
  const screen = await readLastScreen(before);
  const startedAt = (await findContainer(engine, workbench.containerId))?.startedAt ?? Infinity;
  return startedAt <= screen.at ? screen : null;
}

/** Ignores errors of resizing a program that has just ended. */
async function resizeQuietly(resize: Program['resize'], size: TerminalSize) {
  try {
    await resize(size);
  } catch (error) {
    const { code } = asAppError(error);
    if (code !== 'not_found' && code !== 'conflict' && code !== 'engine_rejected') throw error;
  }
}

/**
 * Resolves when the bytes have left this process: what is acknowledged is typed, also if it is killed right after. `onLeft`
 * is called at once when they have, because a kill between the two would have them typed again.
 */
async function write(socket: Duplex, bytes: Buffer, onLeft: () => void) {
  const closed = () => new AppError('conflict', 'The terminal is closed.', { hint: 'Start it again.' });
  if (socket.destroyed || socket.writableEnded) throw closed();
  const left = new Promise<void>((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(closed()) : resolve()));
  });
  // Unless the program is behind with reading, the system has taken them in this call.
  const isLate = socket.writableLength > 0;
  if (!isLate) onLeft();
  await left;
  if (isLate) onLeft();
}

const outcome = z.object({ exitCode: z.number().nullable(), oomKilled: z.boolean() });
type Outcome = z.output<typeof outcome>;

/** The program's outcome after the connection closed. */
async function outcomeOf(engine: Engine, workbench: WorkbenchDetails, program: Program): Promise<Outcome> {
  let container: ContainerDetails | null;
  try {
    // The engine records the exit shortly after it closes the connection.
    for (let tries = 0; ; tries++) {
      container = await findContainer(engine, workbench.containerId);
      if (program.execId && container?.state === 'running') {
        const exec = await findExec(engine, program.execId);
        if (!exec.running) return { exitCode: exec.exitCode, oomKilled: false };
      }
      if (!container || (container.state !== 'running' && container.state !== 'removing') || tries >= 20)
        break;
      await sleep(50 * (tries + 1));
    }
  } catch (error) {
    throw new AppError('interrupted', 'The connection to the engine was lost.', {
      hint: 'When the engine is back, reconnect or start the container again.',
      cause: error,
    });
  }
  if (!container) {
    await noteRemoved(workbench.id);
    throw new AppError('interrupted', 'The container was removed.', {
      hint: 'The recording is kept. Start a new workbench from the image.',
    });
  }
  if (container.state === 'running' || container.state === 'paused')
    throw new AppError(
      'interrupted',
      'The connection to the terminal was lost. The container is still running.',
      {
        hint: 'Connect again.',
      },
    );
  return { exitCode: container.exitCode, oomKilled: container.outOfMemory };
}

/** The terminal as those who type and watch reach it. */
function connectTerminal(
  context: OperationContext,
  output: TerminalOutput,
  program: Program,
  {
    size,
    reachesHost,
    typed,
  }: Pick<LiveTerminal, 'size' | 'reachesHost'> & { typed: ReturnType<typeof openTyped> },
): LiveTerminal {
  const terminal: LiveTerminal = {
    operationId: context.id,
    reachesHost,
    async write(bytes, onLeft) {
      output.typed(bytes);
      await write(program.socket, bytes, onLeft);
    },
    async resize(next) {
      terminal.size = next;
      await context.emit({ type: 'size', columns: next.columns, rows: next.rows });
      output.resize(next.columns);
      await resizeQuietly(program.resize, next);
    },
    bytes: output.bytes,
    get directory() {
      return output.directory();
    },
    keyboard: { viewer: null, name: '' },
    size,
    async take(viewer, name) {
      terminal.keyboard = { viewer, name };
      await context.emit({ type: 'keyboard', viewer, name });
    },
    viewers: typed.viewers,
    noteTyped: () => typed.note(terminal.viewers),
  };
  return terminal;
}

async function run(context: OperationContext<z.output<typeof terminalRun>>): Promise<Outcome> {
  const { input, signal } = context;
  const workbench = await getWorkbench(input.workbenchId);
  const left = await leftBefore(context.engine, workbench, context.id, input.mode);
  const size = left?.size ?? input.size;
  const output = await openOutput(context, workbench, input.fresh, size.columns);
  const reachesHost = (await demandForContainer(context.engine, workbench.containerId)).length > 0;
  const program = await connect(context.engine, workbench, input);
  const { socket } = program;
  if (program.execId) await noteProgram(context.id, { execId: program.execId });

  const typed = openTyped(workbench.id);
  const terminal = connectTerminal(context, output, program, { size, reachesHost, typed });
  const close = openTerminal(workbench.id, terminal);
  const stop = () => socket.destroy();
  signal.addEventListener('abort', stop);
  output.awaitMarks();
  try {
    await terminal.resize(size);
    if (left) await output.resume(left.bytes);
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      await output.take(chunk);
      while (mustWait(terminal) && !signal.aborted) await sleep(5);
    }
  } catch (error) {
    // A broken connection is examined below; a storage error ends the operation.
    if (output.isTaking()) throw error;
  } finally {
    output.stop();
    signal.removeEventListener('abort', stop);
    close();
    typed.close();
    socket.destroy();
  }

  if (signal.aborted) {
    const { code } = asAppError(signal.reason);
    if (code === 'cancelled' || program.execId) await endProgram(context.engine, workbench, context.id);
    if (code !== 'cancelled') {
      await output.end(null);
      throw signal.reason;
    }
  }
  const wasLeft = signal.aborted && workbench.origin === 'attach';
  const ending = wasLeft
    ? { exitCode: null, oomKilled: false }
    : await outcomeOf(context.engine, workbench, program);
  await output.end(ending.exitCode);
  const end = { endedAt: new Date(), ...ending };
  await untilStored(() => noteEnd(workbench.id, end));
  removeTyped(workbench.id);
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
