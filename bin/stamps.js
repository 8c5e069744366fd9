// @ts-check
/** Detects whether something must be rebuilt: a hash of the inputs, stored beside the output. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { asGiven } from './umask.js';

/** @param {string} root @param {string} name @param {(name: string) => boolean} keep @returns {string[]} */
function listFiles(root, name, keep) {
  const full = path.join(root, name);
  if (!keep(name) || !existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [name];
  return readdirSync(full).flatMap((child) => listFiles(root, `${name}/${child}`, keep));
}

/**
 * @param {string} root
 * @param {string[]} names of files and directories; that a name is missing changes the hash
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
export const writeStamp = (file, stamp) => asGiven(() => writeFileSync(file, stamp));

/**
 * Whether node_modules contains what the lock file requires, according to npm's own record, for an installation by
 * npm itself.
 * @param {string} lockText package-lock.json @param {string} installedText node_modules/.package-lock.json
 */
export function isInstalled(lockText, installedText) {
  const { '': _root, ...wanted } = JSON.parse(lockText).packages;
  const installed = JSON.parse(installedText).packages;
  return (
    Object.entries(wanted).every(([name, entry]) =>
      // Optional packages are for other platforms, unless they are installed.
      installed[name]
        ? installed[name].version === entry.version
        : entry.optional || entry.devOptional || entry.peer,
    ) && Object.keys(installed).every((name) => name in wanted)
  );
}
