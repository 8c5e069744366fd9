import Database from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { databaseFile } from './files';
import { useTestDatabase } from './test-database';

const directory = mkdtempSync(path.join(os.tmpdir(), 'layerwright-power-'));
const disk = path.join(directory, 'disk.img');
const mounted: string[] = [];

function mount(image: string, name: string): string {
  const at = mkdtempSync(path.join(directory, name));
  execFileSync('mount', ['-o', 'loop', image, at], { stdio: 'ignore' });
  mounted.push(at);
  return at;
}

/** A disk of its own, where this test may mount one. */
function mountDisk(): string | null {
  try {
    execFileSync('truncate', ['-s', '64M', disk]);
    execFileSync('mkfs.ext4', ['-q', disk], { stdio: 'ignore' });
    return mount(disk, 'data-');
  } catch {
    return null; // not root, or no right to mount
  }
}

const data = mountDisk();
if (!data) console.warn('Skipped: a power failure. It needs root, loop devices and mkfs.ext4.');
const { db } = await useTestDatabase(data ?? undefined);
afterAll(() => {
  for (const at of mounted) execFileSync('umount', ['-l', at]);
  rmSync(directory, { recursive: true, force: true });
});

/** The disk as a power failure leaves it: without what only the memory has. */
function loseMemory(): string {
  const copy = `${disk}.after`;
  copyFileSync(disk, copy);
  return mount(copy, 'after-');
}

test.skipIf(!data)('what was acknowledged is on the disk after a power failure', async () => {
  execFileSync('sync', ['-f', data!]); // what was there before
  for (let n = 0; n < 20; n++) await db.setting.create({ data: { key: `key ${n}`, value: '' } });
  const after = new Database(path.join(loseMemory(), path.basename(databaseFile())));
  try {
    expect(after.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(after.prepare('SELECT count(*) FROM "Setting"').pluck().get()).toBe(20);
  } finally {
    after.close();
  }
});
