import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { closeDataDirectory, listSome } from './data-modes.js';

let parent = '';
const at = (/** @type {string} */ name) => path.join(parent, 'data', name);
const modeOf = (/** @type {string} */ name) => statSync(at(name)).mode & 0o777;
/** @param {string} name @param {number} mode */
function addFile(name, mode) {
  writeFileSync(at(name), '');
  chmodSync(at(name), mode);
}
/** @param {string} name @param {number} mode */
function addDirectory(name, mode) {
  mkdirSync(at(name));
  chmodSync(at(name), mode);
}

beforeEach(() => {
  parent = mkdtempSync(path.join(os.tmpdir(), 'layerwright-modes-'));
  addDirectory('', 0o755);
});
afterEach(() => rmSync(parent, { recursive: true }));

it('closes the database, the keys and the backups, and no file of a project', () => {
  for (const name of ['keys', 'backups', 'projects', 'projects/site']) addDirectory(name, 0o755);
  for (const name of ['layerwright.db', 'keys/secrets.key', 'backups/1.db', 'projects/site/Dockerfile'])
    addFile(name, 0o644);
  addFile('layerwright.db-wal', 0o600);
  addFile('reserve', 0o600);
  const { closed, open } = closeDataDirectory(at(''));
  expect(closed.toSorted()).toEqual([
    'data (mode 755)',
    'data/backups (mode 755)',
    'data/backups/1.db (mode 644)',
    'data/keys (mode 755)',
    'data/keys/secrets.key (mode 644)',
    'data/layerwright.db (mode 644)',
    'data/projects (mode 755)',
  ]);
  expect(open).toEqual([]);
  expect(['', 'keys', 'projects'].map(modeOf)).toEqual([0o700, 0o700, 0o700]);
  expect(['layerwright.db', 'keys/secrets.key', 'backups/1.db'].map(modeOf)).toEqual([0o600, 0o600, 0o600]);
  expect(['projects/site', 'projects/site/Dockerfile'].map(modeOf)).toEqual([0o755, 0o644]);
  expect(closeDataDirectory(at(''))).toEqual({ closed: [], open: [] });
});

it('names what it does not change: links, and what belongs to others', ({ skip }) => {
  skip(process.getuid?.() !== 0, 'only root can give a file away');
  mkdirSync(path.join(parent, 'elsewhere'));
  chmodSync(path.join(parent, 'elsewhere'), 0o755);
  symlinkSync('../elsewhere', at('projects'));
  symlinkSync('missing', at('staging'));
  addFile('layerwright.db', 0o644);
  chownSync(at('layerwright.db'), 65_534, 65_534);
  expect(closeDataDirectory(at('')).open.toSorted()).toEqual([
    'data/layerwright.db (belongs to user 65534)',
    'data/projects (a link; mode 755)',
  ]);
  expect(modeOf('layerwright.db')).toBe(0o644);
  expect(statSync(path.join(parent, 'elsewhere')).mode & 0o777).toBe(0o755);
});

it('leaves a directory open, and what is in it, that holds other things', () => {
  addDirectory('photos', 0o755);
  addFile('layerwright.db', 0o644);
  expect(closeDataDirectory(at(''))).toEqual({
    closed: ['data/layerwright.db (mode 644)'],
    open: ['data (mode 755; not all in it is ours)'],
  });
  expect(['', 'photos'].map(modeOf)).toEqual([0o755, 0o755]);
});

it('lists a few names', () => {
  expect(listSome(['a', 'b', 'c', 'd'])).toBe('a, b, c, d');
  expect(listSome(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
});
