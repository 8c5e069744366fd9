// @ts-check
/** Logs of the programs beside the app, which write to them by themselves and outlive `npm start`. */
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { printHint } from './print.js';
import { messageOf } from './run.js';

const maxBytes = 10 * 1024 * 1024;
const intervalMs = 10_000;

/** @param {string} file */
const former = (file) => `${file}.previous`;

/** Opens a new log for a program to append to, and keeps the one before. @param {string} file */
export function openLog(file) {
  if (existsSync(file)) renameSync(file, former(file));
  return openSync(file, 'a', 0o600);
}

/**
 * Moves what a log has to the one before, if it is too large. By a copy: the program goes on with the file that it has open.
 * What it writes between the copy and its end, within milliseconds, is lost. No link is followed: the directory can
 * belong to the program's user, and this process be root's.
 * @param {string} file @param {number} limitBytes
 */
export function cutLog(file, limitBytes) {
  const log = openSync(file, constants.O_RDWR | constants.O_NOFOLLOW);
  try {
    if (fstatSync(log).size <= limitBytes) return;
    rmSync(former(file), { force: true });
    writeFileSync(former(file), readFileSync(log), { flag: 'wx', mode: 0o600 });
  } finally {
    if (fstatSync(log).size > limitBytes) ftruncateSync(log);
    closeSync(log);
  }
}

/** Keeps a log below its limit until the signal. @param {string} file @param {AbortSignal} signal */
export function limitLog(file, signal) {
  const cut = () => {
    try {
      cutLog(file, maxBytes);
    } catch (error) {
      printHint(`What ${file} had was not kept: ${messageOf(error)}`);
    }
  };
  const timer = setInterval(cut, intervalMs).unref();
  signal.addEventListener('abort', () => clearInterval(timer));
}
