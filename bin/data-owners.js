// @ts-check
/**
 * Who owns what in the data directory, where `npm start` is root. The directory is root's and its entries are of two
 * parts: root's own, and those of the web process, which may add to the directory but not touch what is root's
 * (its mode is sticky). Files are reached by handles: the web process can put links in the place of its own.
 */
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  copyFileSync,
  renameSync,
  rmSync,
  utimesSync,
} from 'node:fs';
import path from 'node:path';
import { messageOf, StepError } from './run.js';

/** @typedef {import('./service-users.js').User} User */
/** @typedef {import('node:fs').Stats} Stats */

/** What Layerwright puts into its data directory, besides root's part. */
const webNames =
  /^(layerwright\.db.*|lock\.db.*|(installed|running)\.json|backups|journal|keys|projects|reserve(\.new)?|staging|uploads)$/;
const rootDirectories = ['engine', 'gate', 'logs', 'registry'];
const rootFiles = /^((server|start)\.json(\.new)?|registry\.htpasswd.*)$/;

/** @param {string} name */
export const isOfRoot = (name) => rootDirectories.includes(name) || rootFiles.test(name);
/** Anything else in the directory is left alone: it may be a wrong one. @param {string} name */
export const isOwn = (name) => isOfRoot(name) || webNames.test(name);

/** @param {string} directory */
export const namesIn = (directory) =>
  existsSync(directory) ? readdirSync(directory).filter((name) => name !== 'lost+found') : [];

/** Of a directory in which root and the web process both have entries. */
export const sharedMode = 0o1770;
const sticky = 0o1000;

/**
 * Works on an entry by a handle; null where it is neither a file nor a directory. A link is not followed.
 * @template T @param {string} file @param {(handle: number, stat: Stats) => T} work
 */
export function byHandle(file, work) {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (!found?.isFile() && !found?.isDirectory()) return null;
  const handle = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(handle);
    return stat.isFile() || stat.isDirectory() ? work(handle, stat) : null;
  } finally {
    closeSync(handle);
  }
}

/** @param {Stats} stat @param {User} user */
const isOwnedBy = (stat, { uid, gid }) => stat.uid === uid && stat.gid === gid;

/** @param {number} handle @param {User} user @param {string} name */
function chown(handle, { uid, gid }, name) {
  try {
    fchownSync(handle, uid, gid);
  } catch (error) {
    throw new StepError(`${name} cannot be given to user ${uid}: ${messageOf(error)}.`, {
      hint: 'The data directory must be on a file system with owners, and root must be free to choose them.',
    });
  }
}

/**
 * A change of owner takes the bits setuid and setgid away, which a project's files may have: a copy gets its owner first,
 * so that a kill leaves one of the two files whole.
 * @param {string} file @param {Stats} stat @param {User} user
 */
function replaceByOwned(file, stat, { uid, gid }) {
  const copy = `${file}.layerwright-owner`;
  rmSync(copy, { force: true });
  copyFileSync(file, copy, constants.COPYFILE_EXCL);
  chownSync(copy, uid, gid);
  chmodSync(copy, stat.mode & 0o7777);
  utimesSync(copy, stat.atime, stat.mtime);
  byHandle(copy, fsyncSync);
  renameSync(copy, file);
}

/**
 * Gives an entry, with all that is in it, to a user. Links stay whose they are. A file with several names may be
 * somebody else's, linked there: it is given only if `trusted`.
 * @param {string} file @param {User} user @param {{ trusted: boolean }} options
 * @returns {string[]} files that were not given
 */
export function giveTree(file, user, { trusted }) {
  /** @param {string} at @param {string} name @returns {string[]} */
  const give = (at, name) =>
    byHandle(at, (handle, stat) => {
      const isFile = stat.isFile();
      if (!isOwnedBy(stat, user)) {
        if (isFile && stat.nlink > 1 && !trusted) return [name];
        if (isFile && stat.mode & 0o6000 && stat.nlink === 1) replaceByOwned(at, stat, user);
        else chown(handle, user, name);
      }
      if (isFile) return [];
      const inside = `/proc/self/fd/${handle}`; // this directory, whatever its path leads to by now
      return readdirSync(inside).flatMap((child) => give(`${inside}/${child}`, path.join(name, child)));
    }) ?? [];
  return give(file, file);
}

/** Root's directories, made before the web process could. @param {string} data */
function claimRootDirectories(data) {
  for (const name of rootDirectories) {
    const directory = path.join(data, name);
    if (!lstatSync(directory, { throwIfNoEntry: false })) mkdirSync(directory, { mode: 0o700 });
    const { uid } = lstatSync(directory);
    if (uid === 0) continue;
    throw new StepError(`${directory} belongs to user ${uid}, not to root.`, {
      hint: 'Find out who made it. If it is yours: chown root it.',
    });
  }
}

/** @param {string} data @param {Stats} stat @param {User} web */
function refuseOthers(data, stat, web) {
  if (stat.uid !== 0 && stat.uid !== web.uid) {
    throw new StepError(`${data} belongs to user ${stat.uid}, and npm start is root.`, {
      hint: `Start it as that user, or give the directory to root: chown root ${data}`,
    });
  }
  const foreign = namesIn(data).find((name) => !isOwn(name));
  if (foreign && stat.mode & 0o077 && !(stat.mode & sticky)) {
    throw new StepError(`${data} holds other things, too (${foreign}), and is open to other users.`, {
      hint: 'Choose a LAYERWRIGHT_DATA of its own, or close this one: chmod 700.',
    });
  }
}

/**
 * The data directory, before anything of it is used: root's alone, or, if it was split before and is in order, as it is.
 * @param {string} data that exists @param {User} web
 */
export function claimDataDirectory(data, web) {
  const handle = openSync(data, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    const stat = fstatSync(handle);
    const isSplit = stat.uid === 0 && stat.gid === web.gid && (stat.mode & 0o7777) === sharedMode;
    if (!isSplit) {
      refuseOthers(data, stat, web);
      // What another user could write to is not trusted later, also after a kill: the sticky bit remembers it.
      const wasShared = stat.uid !== 0 || stat.mode & sticky;
      fchmodSync(handle, wasShared ? sticky | 0o700 : 0o700);
      chown(handle, { uid: 0, gid: 0 }, data);
    }
    claimRootDirectories(data);
  } finally {
    closeSync(handle);
  }
}

/**
 * Gives the web process its part: at the first start as root, and after a version that ran all as root. Nobody enters
 * until it is done: a kill before that is made up for by the next start.
 * @param {string} data claimed @param {User} web
 * @returns {string[] | null} files that were not given, because they have several names; null if there was nothing to give
 */
export function splitDataDirectory(data, web) {
  const names = namesIn(data).filter((name) => webNames.test(name));
  const handle = openSync(data, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    const { mode } = fstatSync(handle);
    const isOwned = (/** @type {string} */ file) => byHandle(file, (_, stat) => isOwnedBy(stat, web)) ?? true;
    const entries = names.flatMap((name) => {
      const file = path.join(data, name);
      return [
        file,
        ...(lstatSync(file).isDirectory() ? namesIn(file) : []).map((child) => path.join(file, child)),
      ];
    });
    if ((mode & 0o7777) === sharedMode && entries.every(isOwned)) return null;
    const trusted = !(mode & sticky);
    const left = names.flatMap((name) => giveTree(path.join(data, name), web, { trusted }));
    chown(handle, { uid: 0, gid: web.gid }, data);
    fchmodSync(handle, sharedMode);
    const { mode: kept } = fstatSync(handle);
    if ((kept & 0o7777) !== sharedMode)
      throw new StepError(`${data} keeps no modes: its file system cannot separate users.`, {
        hint: 'Put the data directory on another file system (LAYERWRIGHT_DATA), or start as an ordinary user.',
      });
    return names.length > 0 ? left : null;
  } finally {
    closeSync(handle);
  }
}
