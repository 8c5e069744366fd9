// @ts-check
/** Child processes: with output in a log file, in the foreground, or captured. */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { endProcess, readRecord, removeRecord, writeRecord } from './processes.js';
import { asGiven } from './umask.js';

/** An expected failure: shown with its log and without a stack trace. */
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

/** Thrown after an interrupt instead of waiting further. */
export class Interrupted extends Error {}

let interrupted = false;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** Terminates the child processes started by `run` and `capture`. */
export function terminateRunning() {
  interrupted = true;
  for (const child of running) child.kill('SIGTERM');
}

// Daemons are in sbin, which is not on every root shell's PATH.
const searchPath = `${process.env.PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin`;

/** @param {Record<string, string | undefined>} [extra] @returns {NodeJS.ProcessEnv} */
export const childEnvironment = (extra = {}) => ({ ...process.env, PATH: searchPath, ...extra });

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @param {{ onStart?: (pid: number) => void, input?: string }} [more]
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null, stdout: string, stderr: string }>}
 */
function spawnAndWait(command, args, options, { onStart, input } = {}) {
  return new Promise((resolve, reject) => {
    const child = asGiven(() => spawn(command, args, options));
    if (!options.detached) running.add(child);
    if (child.pid) onStart?.(child.pid);
    // A program that ends without reading it says why by itself.
    child.stdin?.on('error', () => undefined).end(input);
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

/** Suffix of the process record of a step, after the name of its log. */
const stepRecord = '.process.json';

/**
 * Runs a program with its output in a log file; throws a StepError that names the log if it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {object} options
 * @param {string} options.log
 * @param {string} [options.cwd]
 * @param {Record<string, string | undefined>} [options.env]
 * @param {boolean} [options.uninterruptible] not interrupted by Ctrl-C, because that would leave a broken state
 * @param {number} [options.timeoutMs] after which it is ended, and has failed
 */
export async function run(command, args, { log, cwd, env, uninterruptible = false, timeoutMs }) {
  mkdirSync(path.dirname(log), { recursive: true });
  const file = openSync(log, 'w');
  const record = `${log}${stepRecord}`;
  try {
    const { code, signal } = await spawnAndWait(
      command,
      args,
      {
        cwd,
        env: childEnvironment(env),
        stdio: ['ignore', file, file],
        detached: uninterruptible,
        timeout: timeoutMs,
      },
      uninterruptible ? {} : { onStart: (pid) => writeRecord(record, pid) },
    );
    if (interrupted) throw new Interrupted();
    if (code !== 0) {
      const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
      throw new StepError(`${path.basename(command)} ${args.slice(0, 3).join(' ')} ${how}.`, { log });
    }
  } finally {
    closeSync(file);
    removeRecord(record);
  }
}

/** Ends steps that an earlier, killed process left running. @param {string} logs */
export async function endSteps(logs) {
  const records = readdirSync(logs).filter((name) => name.endsWith(stepRecord));
  for (const name of records) {
    await endProcess(readRecord(path.join(logs, name)), 5000);
    removeRecord(path.join(logs, name));
  }
}

/**
 * Runs a program in the foreground.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env: Record<string, string | undefined>, timeoutMs: number,
 *   onStart: (pid: number) => void }} options
 */
export async function runInForeground(command, args, { cwd, env, timeoutMs, onStart }) {
  const { code } = await spawnAndWait(
    command,
    args,
    { cwd, env: childEnvironment(env), stdio: ['ignore', 1, 2], timeout: timeoutMs },
    { onStart },
  );
  if (interrupted) throw new Interrupted();
  return code;
}

/**
 * Runs a small program and returns its output; never throws.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, input?: string }} [options]
 */
export async function capture(command, args, { cwd, env, input } = {}) {
  try {
    /** @type {import('node:child_process').SpawnOptions} */
    const options = {
      cwd,
      env: childEnvironment(env),
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    };
    return await spawnAndWait(command, args, options, { input });
  } catch (error) {
    // 127: exit code of a shell for a missing program
    return {
      code: 127,
      signal: null,
      stdout: '',
      stderr: messageOf(error),
    };
  }
}

/** The absolute path of the first of the programs that is on the PATH. @param {string[]} names */
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
