// @ts-check
/**
 * Records of processes that outlive this one, safe against reused process ids; and ending them with a grace period.
 */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** @typedef {{ pid: number, started: string }} ProcessRecord */
/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/** @param {string} file @returns {string | null} */
function readOrNull(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    // The process may end between two reads.
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'EINVAL'].includes(/** @type {any} */ (error).code))
      return null;
    throw error;
  }
}

/**
 * Whether threads of the process still run: the first one can be a zombie while others run, and until they end, its
 * files and ports are open.
 * @param {number} pid
 */
function hasThreads(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`).length > 1;
  } catch {
    return false; // gone
  }
}

/** Start time of a process in a unique form; null if it does not exist or is a zombie. @param {number} pid */
function startOf(pid) {
  if (existsSync('/proc/self/stat')) {
    const stat = readOrNull(`/proc/${pid}/stat`);
    if (stat === null) return null;
    // proc(5): the name in parentheses may contain anything; the state is the first field after it, the start time
    // the 20th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'X' || (fields[0] === 'Z' && !hasThreads(pid))) return null;
    return `${readOrNull('/proc/sys/kernel/random/boot_id')?.trim()}:${fields[19]}`;
  }
  try {
    const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return text.trim() || null;
  } catch {
    return null; // ps exits with 1 if the process does not exist
  }
}

/** @param {number} pid @returns {ProcessRecord | null} */
export function identify(pid) {
  const started = startOf(pid);
  return started === null ? null : { pid, started };
}

/** @param {ProcessRecord | null} record */
export const isAlive = (record) => record !== null && startOf(record.pid) === record.started;

/** One that another user wrote does not count: what it names may be ended. @param {string} file */
const isOwnFile = (file) => lstatSync(file, { throwIfNoEntry: false })?.uid === process.getuid?.();

/** @param {string} file @returns {ProcessRecord | null} */
export function readRecord(file) {
  const text = isOwnFile(file) ? readOrNull(file) : null;
  if (text === null) return null;
  try {
    const record = JSON.parse(text);
    return Number.isInteger(record.pid) && typeof record.started === 'string' ? record : null;
  } catch {
    return null; // truncated by a power failure: the process is gone
  }
}

/** @param {string} file @param {number} pid @param {Record<string, unknown>} [more] */
export function writeRecord(file, pid, more = {}) {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.new`;
  rmSync(fresh, { force: true }); // also a link that another user put there
  writeFileSync(fresh, JSON.stringify({ ...identify(pid), ...more }), { mode: 0o600, flag: 'wx' });
  renameSync(fresh, file); // a crash leaves the old or the new record
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
 * Waits until the process has ended. @param {ProcessRecord} record @param {number} timeoutMs
 * @returns {Promise<boolean>} whether it has
 */
async function waitForExit(record, timeoutMs) {
  const deadline = Date.now() + timeoutMs;
  while (isAlive(record)) {
    if (Date.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

/** @param {ProcessRecord | null} record */
export function killProcess(record) {
  if (record && isAlive(record)) signal(record.pid, 'SIGKILL');
}

/**
 * Sends SIGTERM, and SIGKILL after the grace period.
 * @param {ProcessRecord | null} record @param {number} graceMs
 */
export async function endProcess(record, graceMs) {
  if (!record || !isAlive(record)) return;
  signal(record.pid, 'SIGTERM');
  if (await waitForExit(record, graceMs)) return;
  signal(record.pid, 'SIGKILL');
  await waitForExit(record, 5000);
}

/** How a child ended: `with SIGKILL`, `with code 1`; null while it runs. @param {ChildProcess} child */
export const exitOf = ({ exitCode, signalCode }) =>
  signalCode ? `with ${signalCode}` : exitCode === null ? null : `with code ${exitCode}`;

/**
 * Waits until a process has ended or the signal is aborted.
 * @param {ProcessRecord | null} record of any process @param {ChildProcess | null} child if it is one of ours
 * @param {AbortSignal} signal @returns {Promise<string>} how it ended, as far as that is known
 */
export async function waitForEnd(record, child, signal) {
  while (!signal.aborted && (child ? exitOf(child) === null : isAlive(record))) await sleep(200);
  return (child && exitOf(child)) ?? 'by itself';
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
    return null; // gone, or not permitted
  }
}

/** Whether the process runs in a container whose root file system is below the directory. */
function isContained(/** @type {number} */ pid, /** @type {string} */ directory) {
  const namespace = mountNamespace(pid);
  if (namespace === null || namespace === mountNamespace('self')) return false;
  const rootMount = readOrNull(`/proc/${pid}/mountinfo`)
    ?.split('\n')
    .find((line) => line.split(' ')[4] === '/');
  return rootMount?.includes(`${directory}/`) ?? false;
}

/**
 * The processes that a killed engine leaves: its shims and runtimes (recognized by its directories in their command
 * lines), their children, and the processes of containers whose root is below a directory.
 * @param {string[]} directories absolute
 */
export function findEngineProcesses(directories) {
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
