import { mkdtempSync } from 'node:fs';
import path from 'node:path';

/** What `npm test` (bin/test.js) has started and tells the tests. */
export function fromEnvironment(
  name: 'LAYERWRIGHT_TEST_ENGINE' | 'LAYERWRIGHT_TEST_REGISTRY' | 'LAYERWRIGHT_TEST_DIRECTORY',
): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the end-to-end tests with npm test -- e2e`);
  return value;
}

/** A new directory for something of a test, taken away at the end of the run. */
export const newDirectory = (name: string): string =>
  mkdtempSync(path.join(fromEnvironment('LAYERWRIGHT_TEST_DIRECTORY'), `${name}-`));
