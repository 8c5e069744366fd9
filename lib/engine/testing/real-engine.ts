import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, vi } from 'vitest';
import { callStream } from '@/lib/engine/dial';
import { findImage } from '@/lib/engine/images';
import { removeDirectories } from './directory';
import { connectTo } from './fake-engine';

const address = process.env.LAYERWRIGHT_TEST_ENGINE;

/** busybox of the package busybox-static: it needs nothing else to run. */
const busybox = '/usr/bin/busybox';
const commands = 'sh cat echo sleep seq mkdir rm ls test readlink printf yes head wc stty sha256sum'.split(
  ' ',
);

export const baseImage = 'layerwright-test-base:1';

async function importBase(): Promise<void> {
  if (await findImage(baseImage)) return;
  const tar = pack();
  tar.entry({ name: 'bin/busybox', mode: 0o755 }, readFileSync(busybox));
  for (const name of commands) tar.entry({ name: `bin/${name}`, type: 'symlink', linkname: 'busybox' });
  for (const name of ['tmp', 'etc']) tar.entry({ name, type: 'directory', mode: 0o777 });
  tar.finalize();
  const [repo, tag] = baseImage.split(':');
  const query = { fromSrc: '-', repo, tag };
  await text(
    await callStream({ method: 'POST', path: '/images/create', query, file: tar as unknown as Readable }),
  );
}

/**
 * Tests that need a real engine. It must be a private one on this machine: images are made in it, and processes of
 * its builds are looked for in /proc.
 */
export function describeEngine(name: string, tests: () => void): void {
  const reason = !address
    ? 'LAYERWRIGHT_TEST_ENGINE names no engine'
    : existsSync(busybox)
      ? null
      : `no ${busybox}`;
  if (reason) console.log(`Skipped: ${name} (${reason}).`);
  describe.skipIf(reason !== null)(name, () => {
    beforeAll(async () => {
      connectTo(address!);
      await importBase();
    }, 60_000);
    afterAll(() => {
      vi.unstubAllEnvs();
      removeDirectories();
    });
    tests();
  });
}

/** Whether a process of this machine has a word in its command line. */
export function isRunning(word: string): boolean {
  return readdirSync('/proc').some((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(word);
    } catch {
      return false; // It ended meanwhile.
    }
  });
}
