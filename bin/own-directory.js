// @ts-check
/** Directories that hold sockets: only this user, or a group that is named, may enter them; nobody else has made them. */
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, lstatSync, mkdirSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { StepError } from './run.js';

const ownUid = () => process.getuid?.() ?? -1;

/**
 * Why a directory is not ours alone; null if it is, or does not exist.
 * @param {string} directory @param {number} [group] that may pass through it
 */
export function foreignReason(directory, group) {
  const stat = lstatSync(directory, { throwIfNoEntry: false });
  if (!stat) return null;
  if (!stat.isDirectory()) return 'is not a directory';
  if (stat.uid !== ownUid()) return `belongs to another user (${stat.uid})`;
  if (stat.mode & (group === undefined ? 0o077 : 0o067))
    return `is open to other users (mode ${(stat.mode & 0o7777).toString(8)})`;
  return null;
}

/** @param {string} directory that may be missing @param {number} [group] */
export function refuseForeign(directory, group) {
  const reason = foreignReason(directory, group);
  if (reason === null) return;
  throw new StepError(`${directory} ${reason}: whoever made it could control the engine.`, {
    hint: 'Find out who made it and remove it, or choose another LAYERWRIGHT_DATA.',
  });
}

/** Creates it, unless there is one of ours. @param {string} directory @param {number} [group] that may pass through it */
export function createOwnDirectory(directory, group) {
  try {
    mkdirSync(directory, { mode: 0o700 }); // fails where something is, a link too
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    refuseForeign(directory, group);
  }
  if (group !== undefined) letThrough(directory, group);
}

/** Lets a group pass through a directory, without listing it. @param {string} directory @param {number} group */
export function letThrough(directory, group) {
  chownSync(directory, ownUid(), group);
  chmodSync(directory, 0o710);
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
 * Where sockets are: in the preferred directory, unless its path is longer than `maxBytes`.
 * @param {string} preferred without links @param {number} maxBytes @param {string} name of the short one
 */
export function socketDirectory(preferred, maxBytes, name) {
  if (Buffer.byteLength(preferred) <= maxBytes) return preferred;
  const digest = createHash('sha256').update(path.dirname(preferred)).digest('hex').slice(0, 12);
  return path.join(shortParent(), `${name}-${digest}`);
}
