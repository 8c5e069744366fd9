// @ts-check
/** Directories that hold sockets: only this user may enter them, and nobody else has made them. */
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { StepError } from './run.js';

const ownUid = () => process.getuid?.() ?? -1;

/** Why a directory is not ours alone; null if it is, or where there is none. @param {string} directory */
export function foreignReason(directory) {
  const stat = lstatSync(directory, { throwIfNoEntry: false });
  if (!stat) return null;
  if (!stat.isDirectory()) return 'is not a directory';
  if (stat.uid !== ownUid()) return `belongs to another user (${stat.uid})`;
  if (stat.mode & 0o077) return `is open to other users (mode ${(stat.mode & 0o7777).toString(8)})`;
  return null;
}

/** @param {string} directory that may be missing */
export function refuseForeign(directory) {
  const reason = foreignReason(directory);
  if (reason === null) return;
  throw new StepError(`${directory} ${reason}: whoever made it could control the engine.`, {
    hint: 'Find out who made it and remove it, or choose another LAYERWRIGHT_DATA.',
  });
}

/** Creates it, unless there is one of ours. @param {string} directory */
export function createOwnDirectory(directory) {
  try {
    mkdirSync(directory, { mode: 0o700 }); // fails where something is, a link too
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    refuseForeign(directory);
  }
}

/** Whether only root and this user may create something in it. @param {string} directory */
function isSafeParent(directory) {
  const stat = statSync(directory, { throwIfNoEntry: false });
  if (!stat?.isDirectory() || stat.mode & 0o022) return false;
  return stat.uid === ownUid() || (stat.uid === 0 && ownUid() === 0);
}

/** A directory with a short path, for directories with sockets. */
const shortParent = () => ['/run', process.env.XDG_RUNTIME_DIR ?? ''].find(isSafeParent) ?? os.tmpdir();

/**
 * Where the sockets of a directory are: in its `run`, unless that path is longer than `maxBytes`.
 * @param {string} directory without links @param {number} maxBytes @param {string} name of the short one
 */
export function socketDirectory(directory, maxBytes, name) {
  const preferred = path.join(directory, 'run');
  if (Buffer.byteLength(preferred) <= maxBytes) return preferred;
  const digest = createHash('sha256').update(directory).digest('hex').slice(0, 12);
  return path.join(shortParent(), `${name}-${digest}`);
}
