import 'server-only';
import type { Duplex } from 'node:stream';
import type { Engine } from '@/lib/engine/engine';
import { callJson, callUpgrade, parseAnswer } from '@/lib/engine/wire/dial';
import { containerPath } from '@/lib/engine/wire/names';
import { execAnswer, idAnswer } from './answers';
import type { ContainerId } from '@/lib/ids';

/**
 * A terminal is one raw connection both ways. Closing it ends nothing in the container: neither its own program nor a
 * further shell (there is no call that ends an exec).
 */

/** Keys by which the engine would let go of the terminal. Its own are Ctrl-P Ctrl-Q, and Ctrl-P is the shell's. */
const detachKeys = 'ctrl-^,ctrl-_,ctrl-^,ctrl-_,ctrl-^';

export interface TerminalSize {
  columns: number;
  rows: number;
}

/** To the terminal of the container's own program; before its start, to miss nothing. */
export const attachTerminal = (engine: Engine, containerId: ContainerId): Promise<Duplex> =>
  callUpgrade(engine, {
    method: 'POST',
    path: `/containers/${containerPath(containerId)}/attach`,
    query: { stream: true, stdin: true, stdout: true, stderr: true, detachKeys },
  });

export async function resizeTerminal(
  engine: Engine,
  containerId: ContainerId,
  size: TerminalSize,
): Promise<void> {
  await callJson(engine, {
    method: 'POST',
    path: `/containers/${containerPath(containerId)}/resize`,
    query: { h: size.rows, w: size.columns },
  });
}

interface ExecRequest {
  command: string[];
  terminal: boolean;
  environment?: string[];
  directory?: string;
  user?: string;
}

/** A further program in a running container; not started. */
export async function createExec(
  engine: Engine,
  containerId: ContainerId,
  request: ExecRequest,
): Promise<string> {
  const answer = await callJson(engine, {
    method: 'POST',
    path: `/containers/${containerPath(containerId)}/exec`,
    body: {
      AttachStdin: request.terminal,
      AttachStdout: true,
      AttachStderr: true,
      Tty: request.terminal,
      DetachKeys: detachKeys,
      Cmd: request.command,
      ...(request.environment?.length && { Env: request.environment }),
      ...(request.directory && { WorkingDir: request.directory }),
      ...(request.user && { User: request.user }),
    },
  });
  return parseAnswer(idAnswer, answer).Id;
}

/** Starts it and gives its terminal. */
export const startExec = (engine: Engine, execId: string): Promise<Duplex> =>
  callUpgrade(engine, {
    method: 'POST',
    path: `/exec/${containerPath(execId)}/start`,
    body: { Detach: false, Tty: true },
  });

/** Starts it and forgets it. */
export async function runExec(engine: Engine, containerId: ContainerId, command: string[]): Promise<void> {
  const id = await createExec(engine, containerId, { command, terminal: false });
  await callJson(engine, {
    method: 'POST',
    path: `/exec/${containerPath(id)}/start`,
    body: { Detach: true, Tty: false },
  });
}

export async function resizeExec(engine: Engine, execId: string, size: TerminalSize): Promise<void> {
  await callJson(engine, {
    method: 'POST',
    path: `/exec/${containerPath(execId)}/resize`,
    query: { h: size.rows, w: size.columns },
  });
}

export async function findExec(
  engine: Engine,
  execId: string,
): Promise<{ running: boolean; exitCode: number | null }> {
  const answer = await callJson(engine, { path: `/exec/${containerPath(execId)}/json` });
  const { Running, ExitCode } = parseAnswer(execAnswer, answer);
  return { running: Running, exitCode: ExitCode ?? null };
}
