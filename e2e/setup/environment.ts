import { mkdtempSync } from 'node:fs';
import path from 'node:path';

/** Settings from `npm test` (bin/test.js). */
export function fromEnvironment(
  name: 'LAYERWRIGHT_TEST_ENGINE' | 'LAYERWRIGHT_TEST_REGISTRY' | 'LAYERWRIGHT_TEST_DIRECTORY',
): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the end-to-end tests with npm test -- e2e`);
  return value;
}

/** A new directory for a test, removed at the end of the run. */
export const newDirectory = (name: string): string =>
  mkdtempSync(path.join(fromEnvironment('LAYERWRIGHT_TEST_DIRECTORY'), `${name}-`));
