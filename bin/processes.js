// @ts-check
/** Processes that outlive this one: told apart from a later process with the same number, and ended with a grace. */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** @typedef {{ pid: number, started: string }} ProcessRecord */

/** @param {string} file @returns {string | null} */
function readOrNull(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    // A process may end between any two looks at it.
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'EINVAL'].includes(/** @type {any} */ (error).code))
      return null;
    throw error;
  }
}

/** When the process started, in a form that only it has; null when it is not there or is a zombie. @param {number} pid */
function startOf(pid) {
  if (existsSync('/proc/self/stat')) {
    const stat = readOrNull(`/proc/${pid}/stat`);
    if (stat === null) return null;
    // proc(5): the name in brackets may hold anything; the state is the first field after it, the start time the 20th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    return `${readOrNull('/proc/sys/kernel/random/boot_id')?.trim()}:${fields[19]}`;
  }
  try {
    const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return text.trim() || null;
  } catch {
    return null; // ps answers 1 for a process that is not there.
  }
}

/** @param {number} pid @returns {ProcessRecord | null} */
export function identify(pid) {
  const started = startOf(pid);
  return started === null ? null : { pid, started };
}

/** @param {ProcessRecord | null} record */
export const isAlive = (record) => record !== null && startOf(record.pid) === record.started;

/** @param {string} file @returns {ProcessRecord | null} */
export function readRecord(file) {
  const text = readOrNull(file);
  if (text === null) return null;
  try {
    const record = JSON.parse(text);
    return Number.isInteger(record.pid) && typeof record.started === 'string' ? record : null;
  } catch {
    return null; // Half-written by a machine that lost power: nobody runs any more.
  }
}

/** @param {string} file @param {number} pid @param {Record<string, unknown>} [more] */
export function writeRecord(file, pid, more = {}) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...identify(pid), ...more }));
}

/** @param {string} file */
export const removeRecord = (file) => rmSync(file, { force: true });

/** @param {number} pid @param {NodeJS.Signals} signal */
export function signal(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (/** @type {any} */ (error).code !== 'ESRCH') throw error;
  }
}

/**
 * Waits until the process is gone. @param {ProcessRecord} record @param {number} milliseconds
 * @returns {Promise<boolean>} whether it is
 */
async function waitForEnd(record, milliseconds) {
  const until = Date.now() + milliseconds;
  while (isAlive(record)) {
    if (Date.now() > until) return false;
    await sleep(50);
  }
  return true;
}

/**
 * Asks a process to end, and ends it when it has not done so within the grace time.
 * @param {ProcessRecord | null} record @param {number} graceMilliseconds
 */
export async function endProcess(record, graceMilliseconds) {
  if (!record || !isAlive(record)) return;
  signal(record.pid, 'SIGTERM');
  if (await waitForEnd(record, graceMilliseconds)) return;
  signal(record.pid, 'SIGKILL');
  await waitForEnd(record, 5000);
}

const allPids = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/** @param {number} pid */
const commandLine = (pid) => readOrNull(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ') ?? '';

/** @param {number} pid */
const parentOf = (pid) => Number(readOrNull(`/proc/${pid}/stat`)?.match(/\) . (\d+)/)?.[1] ?? 0);

/** @param {number | 'self'} pid */
function mountNamespace(pid) {
  try {
    return readlinkSync(`/proc/${pid}/ns/mnt`);
  } catch {
    return null; // Gone, or not ours to look at.
  }
}

/** Whether the process lives in a container whose root file system lies below the directory. */
function isContained(/** @type {number} */ pid, /** @type {string} */ directory) {
  const namespace = mountNamespace(pid);
  if (namespace === null || namespace === mountNamespace('self')) return false;
  const rootMount = readOrNull(`/proc/${pid}/mountinfo`)
    ?.split('\n')
    .find((line) => line.split(' ')[4] === '/');
  return rootMount?.includes(`${directory}/`) ?? false;
}

/**
 * What a killed engine leaves: its shims and runtimes (their command lines name its directories), the children of
 * those, and everything in containers whose root lies below it.
 * @param {string[]} directories absolute
 */
export function leftovers(directories) {
  const named = allPids().filter(
    (pid) => pid !== process.pid && directories.some((directory) => isEngineProgram(pid, directory)),
  );
  const children = allPids().filter((pid) => named.includes(parentOf(pid)));
  const contained = allPids().filter((pid) => directories.some((directory) => isContained(pid, directory)));
  return [...new Set([...named, ...children, ...contained])];
}

/** @param {number} pid @param {string} directory */
function isEngineProgram(pid, directory) {
  const line = commandLine(pid);
  return /^\S*(containerd|containerd-shim\S*|runc|dockerd) /.test(line) && line.includes(`${directory}/`);
}
