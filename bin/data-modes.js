// @ts-check
/** Checks owners and modes of the data directory: the database, the keys and the projects are in it. */
import { fchmodSync, fstatSync, lstatSync, statSync } from 'node:fs';
import path from 'node:path';
import { byHandle, isOfRoot, isOwn, namesIn, sharedMode } from './data-owners.js';
import { printLine } from './print.js';

/** @typedef {import('./service-users.js').User} User */

const forOthers = 0o077;
/** Every file in these is closed, too. In the others files have modes of their own, those of a project for example. */
const closedWhole = ['keys', 'backups', 'journal'];
/** What of root's the web process passes through, to the gate's socket and to the registry's login. */
const passable = /** @type {Record<string, number>} */ ({
  '': sharedMode & forOthers,
  gate: 0o010,
  registry: 0o011,
});

/** @param {string} data @returns {string[]} relative names; '' is the directory itself */
function ownEntriesOf(data) {
  const below = closedWhole.flatMap((name) =>
    namesIn(path.join(data, name)).map((file) => path.join(name, file)),
  );
  return ['', ...namesIn(data).filter(isOwn), ...below];
}

/** @param {number} mode */
const format = (mode) => `mode ${(mode & 0o7777).toString(8)}`;

/** Removes the rights of others. @param {string} file @param {number} allowed @returns {string | null} why they remain */
const close = (file, allowed) =>
  byHandle(file, (handle, stat) => {
    fchmodSync(handle, stat.mode & 0o7777 & (~forOthers | allowed));
    const { mode } = fstatSync(handle);
    return mode & forOthers & ~allowed ? `${format(mode)}; its file system keeps no modes` : null;
  });

/**
 * @param {string} data a directory
 * @param {User | null} [web] the user of the web process, if that is another one
 * @returns {{ closed: string[], open: string[] }} names with their former mode; names with what is wrong with them
 */
export function closeDataDirectory(data, web = null) {
  /** @type {{ closed: string[], open: string[] }} */
  const result = { closed: [], open: [] };
  const isShared = !web && namesIn(data).some((name) => !isOwn(name));
  const ownUid = process.getuid?.();
  for (const entry of ownEntriesOf(data)) {
    const file = path.join(data, entry);
    const name = path.relative(path.dirname(data), file);
    const stat = lstatSync(file, { throwIfNoEntry: false });
    const isLink = stat?.isSymbolicLink() ?? false;
    // A link is not followed: what it leads to may be anything.
    const { uid, mode } = (isLink ? statSync(file, { throwIfNoEntry: false }) : stat) ?? { uid: -1, mode: 0 };
    const owner = web && entry !== '' && !isOfRoot(entry) ? web.uid : ownUid;
    const allowed = (web && passable[entry]) ?? 0;
    if (uid !== -1 && uid !== owner) result.open.push(`${name} (belongs to user ${uid})`);
    else if (!(mode & forOthers & ~allowed)) continue;
    else if (entry === '' && isShared) result.open.push(`${name} (${format(mode)}; not all in it is ours)`);
    else if (isLink) result.open.push(`${name} (a link; ${format(mode)})`);
    else {
      const problem = close(file, allowed);
      if (problem) result.open.push(`${name} (${problem})`);
      else result.closed.push(`${name} (${format(mode)})`);
    }
  }
  return result;
}

/** `a, b, c and 4 more` @param {string[]} names */
export const listSome = (names) =>
  names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');

/** Closes the directory and prints what was open, and what still is. @param {string} data @param {User | null} [web] */
export function closeAndReport(data, web = null) {
  const { closed, open } = closeDataDirectory(data, web);
  if (closed.length > 0) printLine('Data', `was open to other users, and is closed now: ${listSome(closed)}`);
  if (open.length > 0) printLine('Data', `is open to other users: ${listSome(open)}`);
}
