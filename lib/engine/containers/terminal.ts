import 'server-only';
import type { Duplex } from 'node:stream';
import type { Engine } from '@/lib/engine/engine';
import { callJson, callUpgrade, parseAnswer } from '@/lib/engine/wire/dial';
import { containerPath } from '@/lib/engine/wire/names';
import { execAnswer, idAnswer } from './answers';
import type { ContainerId } from '@/lib/ids';

/**
 * A terminal is one raw, bidirectional connection. Closing it ends neither the container's main process nor an exec:
 * the engine has no call that ends an exec.
 */

/** Keys that detach the terminal. The default, Ctrl-P Ctrl-Q, would take Ctrl-P from the shell. */
const detachKeys = 'ctrl-^,ctrl-_,ctrl-^,ctrl-_,ctrl-^';

interface TerminalSize {
  columns: number;
  rows: number;
}

/** Connects to the terminal of the container's main process. Attach before the start to get all output. */
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

/** Creates an exec in a running container without starting it. Returns its id. */
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

/** Starts an exec and connects to its terminal. */
export const startExec = (engine: Engine, execId: string): Promise<Duplex> =>
  callUpgrade(engine, {
    method: 'POST',
    path: `/exec/${containerPath(execId)}/start`,
    body: { Detach: false, Tty: true },
  });

/** Starts a program in a running container and does not wait for it. */
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
