// @ts-check
/** Closes the data directory to other users: the database, the keys and the projects are in it. */
import { chmodSync, existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { printLine } from './print.js';

const forOthers = 0o077;
/** What Layerwright puts into its data directory. Anything else there is left alone: the directory may be a wrong one. */
const ownNames =
  /^(layerwright\.db.*|lock\.db.*|(installed|running|server|start)\.json|backups|engine|gate|journal|keys|logs|projects|registry|registry\.htpasswd.*|reserve(\.new)?|staging|uploads)$/;
/** Every file in these is closed, too. In the others files have modes of their own, those of a project for example. */
const closedWhole = ['keys', 'backups', 'journal'];

/** @param {string} directory */
const namesIn = (directory) =>
  existsSync(directory) ? readdirSync(directory).filter((name) => name !== 'lost+found') : [];

/** @param {string} data @returns {string[]} */
function ownEntriesOf(data) {
  const below = closedWhole.flatMap((name) =>
    namesIn(path.join(data, name)).map((file) => path.join(name, file)),
  );
  return [...namesIn(data).filter((name) => ownNames.test(name)), ...below].map((name) =>
    path.join(data, name),
  );
}

/** @param {number} mode */
const format = (mode) => `mode ${(mode & 0o7777).toString(8)}`;

/** Removes the rights of others. @param {string} file @returns {string | null} why they remain */
function close(file) {
  chmodSync(file, lstatSync(file).mode & 0o7777 & ~forOthers);
  const { mode } = lstatSync(file);
  return mode & forOthers ? `${format(mode)}; its file system keeps no modes` : null;
}

/**
 * @param {string} data a directory
 * @returns {{ closed: string[], open: string[] }} names with their former mode; names with what is wrong with them
 */
export function closeDataDirectory(data) {
  /** @type {{ closed: string[], open: string[] }} */
  const result = { closed: [], open: [] };
  const isShared = namesIn(data).some((name) => !ownNames.test(name));
  for (const file of [data, ...ownEntriesOf(data)]) {
    const name = path.relative(path.dirname(data), file);
    const stat = lstatSync(file, { throwIfNoEntry: false });
    const isLink = stat?.isSymbolicLink() ?? false;
    // A link is not followed: what it leads to may be anything.
    const { uid, mode } = (isLink ? statSync(file, { throwIfNoEntry: false }) : stat) ?? { uid: -1, mode: 0 };
    if (uid !== -1 && uid !== process.getuid?.()) result.open.push(`${name} (belongs to user ${uid})`);
    else if (!(mode & forOthers)) continue;
    else if (file === data && isShared) result.open.push(`${name} (${format(mode)}; not all in it is ours)`);
    else if (isLink) result.open.push(`${name} (a link; ${format(mode)})`);
    else {
      const problem = close(file);
      if (problem) result.open.push(`${name} (${problem})`);
      else result.closed.push(`${name} (${format(mode)})`);
    }
  }
  return result;
}

/** `a, b, c and 4 more` @param {string[]} names */
export const listSome = (names) =>
  names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');

/** Closes the directory and prints what was open, and what still is. @param {string} data */
export function closeAndReport(data) {
  const { closed, open } = closeDataDirectory(data);
  if (closed.length > 0) printLine('Data', `was open to other users, and is closed now: ${listSome(closed)}`);
  if (open.length > 0) printLine('Data', `is open to other users: ${listSome(open)}`);
}
