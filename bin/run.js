// @ts-check
/** Child programs: quiet ones that write to a log file, and small ones whose output is wanted. */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Something that went wrong outside this program; shown as it is, with its log, and without a stack. */
export class StepError extends Error {
  /** @param {string} message @param {{ log?: string, hint?: string }} [details] */
  constructor(message, { log, hint } = {}) {
    super(message);
    this.name = 'StepError';
    this.log = log;
    this.hint = hint;
  }
}

/** @param {unknown} error */
export const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/** What was waited for was ended on request. */
export class Interrupted extends Error {}

let interrupted = false;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** Ends the programs that `run` and `capture` still wait for. */
export function endRunning() {
  interrupted = true;
  for (const child of running) child.kill('SIGTERM');
}

// Daemons live in sbin, which is not on the PATH of every root shell.
const searchPath = `${process.env.PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin`;

/** @param {Record<string, string | undefined>} [extra] @returns {NodeJS.ProcessEnv} */
export const childEnvironment = (extra = {}) => ({ ...process.env, PATH: searchPath, ...extra });

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @param {(pid: number) => void} [onStart]
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null, stdout: string, stderr: string }>}
 */
function wait(command, args, options, onStart) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, options);
    if (!options.detached) running.add(child);
    if (child.pid) onStart?.(child.pid);
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.once('error', (error) => {
      running.delete(child);
      reject(new StepError(`${command} could not be run: ${error.message}`));
    });
    child.once('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal, stdout, stderr });
    });
  });
}

/**
 * Runs a program to its end with its output in a log file; throws a StepError that names the log.
 * @param {string} command
 * @param {string[]} args
 * @param {object} options
 * @param {string} options.log
 * @param {string} [options.cwd]
 * @param {Record<string, string | undefined>} [options.env]
 * @param {boolean} [options.toItsEnd] Ctrl-C waits for it: half-way it would leave something broken
 */
export async function run(command, args, { log, cwd, env, toItsEnd = false }) {
  mkdirSync(path.dirname(log), { recursive: true });
  const file = openSync(log, 'w');
  try {
    const { code, signal } = await wait(command, args, {
      cwd,
      env: childEnvironment(env),
      stdio: ['ignore', file, file],
      detached: toItsEnd,
    });
    if (interrupted) throw new Interrupted();
    if (code !== 0) {
      const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
      throw new StepError(`${path.basename(command)} ${args.slice(0, 3).join(' ')} ${how}.`, { log });
    }
  } finally {
    closeSync(file);
  }
}

/**
 * Runs a program whose output is for the reader.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env: Record<string, string | undefined>, timeout: number,
 *   onStart: (pid: number) => void }} options timeout in ms
 */
export async function show(command, args, { cwd, env, timeout, onStart }) {
  const { code } = await wait(
    command,
    args,
    { cwd, env: childEnvironment(env), stdio: ['ignore', 1, 2], timeout },
    onStart,
  );
  if (interrupted) throw new Interrupted();
  return code;
}

/**
 * Runs a small program and gives what it printed; never throws for its exit code.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined> }} [options]
 */
export async function capture(command, args, { cwd, env } = {}) {
  try {
    return await wait(command, args, { cwd, env: childEnvironment(env), stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    // 127: what a shell answers for a program that is not there.
    return {
      code: 127,
      signal: null,
      stdout: '',
      stderr: messageOf(error),
    };
  }
}

/** The first of the programs that is on the PATH, as an absolute path. @param {string[]} names */
export async function findProgram(...names) {
  for (const name of names) {
    const { code, stdout } = await capture('/bin/sh', ['-c', 'command -v -- "$0"', name]);
    if (code === 0 && stdout.startsWith('/')) return stdout.trim();
  }
  return null;
}

/** The last lines of a log. @param {string} file @param {number} [lines] */
export function tailOf(file, lines = 20) {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch (error) {
    return messageOf(error);
  }
}
