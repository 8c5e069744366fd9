import { readFileSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe } from 'vitest';
import { importBaseImage } from '@/bin/base-image.js';
import { makeEngine } from '@/lib/engine/engine';
import { useAsDefault } from './configured';
import { removeDirectories } from './directory';

const address = process.env.LAYERWRIGHT_TEST_ENGINE;

export const engine = makeEngine({ id: 'default', address: address ?? '' });

export const baseImage = 'layerwright-test-base:1';

/**
 * Tests that need a real engine. It must be a private engine on this machine: the tests create images in it and look
 * for processes of its builds in /proc.
 */
export function describeEngine(name: string, tests: () => void): void {
  if (!address) console.log(`Skipped: ${name} (LAYERWRIGHT_TEST_ENGINE names no engine).`);
  describe.skipIf(!address)(name, () => {
    beforeAll(async () => {
      useAsDefault(engine);
      await importBaseImage(address!, baseImage);
    }, 60_000);
    afterAll(removeDirectories);
    tests();
  });
}

/** Whether a process of this machine has this text in its command line. */
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
