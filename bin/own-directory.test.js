import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enginePaths, startEngine } from './engine.js';
import { createOwnDirectory, refuseForeign } from './own-directory.js';

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

let parent = '';
beforeEach(() => {
  parent = mkdtempSync(path.join(os.tmpdir(), 'layerwright-own-'));
  chmodSync(parent, 0o1777);
});
afterEach(() => rmSync(parent, { recursive: true }));

const place = () => path.join(parent, 'run');
const mkdirAsNobody = (/** @type {string} */ directory) =>
  execFileSync('mkdir', ['-m', '700', directory], { uid: nobody, gid: nobody });

describe('a directory for sockets', () => {
  it('is created for this user alone, and found again', () => {
    createOwnDirectory(place());
    expect(statSync(place()).mode & 0o777).toBe(0o700);
    createOwnDirectory(place());
    refuseForeign(place());
  });

  it('is refused where others may enter it, or where it is a link', () => {
    mkdirSync(place());
    chmodSync(place(), 0o755);
    expect(() => createOwnDirectory(place())).toThrow('is open to other users (mode 755)');
    symlinkSync(os.tmpdir(), path.join(parent, 'link'));
    expect(() => createOwnDirectory(path.join(parent, 'link'))).toThrow('is not a directory');
  });

  it('is refused where another user made it first', ({ skip }) => {
    skip(!isRoot, 'only root can be another user, too');
    mkdirAsNobody(place());
    expect(() => createOwnDirectory(place())).toThrow(`belongs to another user (${nobody})`);
  });
});

describe('the sockets of a private engine', () => {
  it('are not put where another user waits for them', async ({ skip }) => {
    skip(!isRoot, 'only root can be another user, too');
    const directory = path.join(parent, 'engine');
    mkdirSync(directory, { mode: 0o777 });
    chmodSync(directory, 0o777);
    const { run } = enginePaths(directory);
    mkdirAsNobody(run);
    await expect(startEngine({ directory })).rejects.toThrow(`${run} belongs to another user`);
    expect(existsSync(run)).toBe(true);
  });

  it('are in /run where the path of the data is too long for a socket', ({ skip }) => {
    skip(!isRoot || (statSync('/run').mode & 0o022) !== 0, 'only root may write in /run');
    const { run, socket } = enginePaths(path.join(parent, 'a-long-name-'.repeat(8)));
    expect(run).toMatch(/^\/run\/layerwright-[0-9a-f]{12}$/);
    expect(socket.length).toBeLessThan(100);
  });
});
