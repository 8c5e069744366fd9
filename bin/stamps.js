// @ts-check
/** Whether something must be made again: a hash of what it is made from, kept beside what was made. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** @param {string} root @param {string} name @param {(name: string) => boolean} keep @returns {string[]} */
function listFiles(root, name, keep) {
  const full = path.join(root, name);
  if (!keep(name) || !existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [name];
  return readdirSync(full).flatMap((child) => listFiles(root, `${name}/${child}`, keep));
}

/**
 * @param {string} root
 * @param {string[]} names of files and directories; missing ones count as missing
 * @param {(name: string) => boolean} [keep]
 */
export function hashFiles(root, names, keep = () => true) {
  const hash = createHash('sha256');
  for (const name of names.flatMap((name) => listFiles(root, name, keep)).toSorted()) {
    const content = readFileSync(path.join(root, name));
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** @param {string} file */
export const readStamp = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : null);

/** @param {string} file @param {string} stamp */
export const writeStamp = (file, stamp) => writeFileSync(file, stamp);

/**
 * Whether node_modules holds what the lock file asks for, by npm's own note of what it installed: for a tree that npm
 * made without us.
 * @param {string} lockText package-lock.json @param {string} installedText node_modules/.package-lock.json
 */
export function isInstalled(lockText, installedText) {
  const { '': _root, ...wanted } = JSON.parse(lockText).packages;
  const installed = JSON.parse(installedText).packages;
  return (
    Object.entries(wanted).every(([name, entry]) =>
      // Optional ones are for other platforms, unless they are here.
      installed[name]
        ? installed[name].version === entry.version
        : entry.optional || entry.devOptional || entry.peer,
    ) && Object.keys(installed).every((name) => name in wanted)
  );
}
