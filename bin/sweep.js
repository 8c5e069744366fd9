// @ts-check
/** Ends processes and removes files of test runs that were killed. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { hasEngine, stopEngine } from './engine.js';
import { endProcess, isAlive, readRecord, writeRecord } from './processes.js';
import { stopRegistry } from './registry.js';

const owner = 'owner.json';

/** @param {string} scratch */
export const claimScratch = (scratch) => writeRecord(path.join(scratch, owner), process.pid);

/** Stops an `npm start`, and what it left if it was killed. @param {string} data its directory */
async function stopInstance(data) {
  await endProcess(readRecord(path.join(data, 'start.json')), 60_000);
  await endProcess(readRecord(path.join(data, 'server.json')), 5000);
  await stopRegistry(path.join(data, 'registry'));
  if (hasEngine(path.join(data, 'engine'))) await stopEngine(path.join(data, 'engine'));
}

/** Engines, registries and apps record their process in their directory. @param {string} scratch */
export async function sweep(scratch) {
  const names = readdirSync(scratch, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? entry.name : [],
  );
  // Runners first: they would restart what is ended.
  const isRunner = (/** @type {string} */ name) => name.endsWith('-runner');
  for (const name of [...names.filter(isRunner), ...names.filter((name) => !isRunner(name))]) {
    const directory = path.join(scratch, name);
    if (existsSync(path.join(directory, 'start.json'))) await stopInstance(directory);
    else if (existsSync(path.join(directory, 'daemon.json'))) await stopEngine(directory);
    else await endProcess(readRecord(path.join(directory, 'process.json')), 5000);
  }
  rmSync(scratch, { recursive: true, force: true });
}

/** @param {string} parent of the scratch directories of all runs */
export async function sweepAbandoned(parent) {
  if (!existsSync(parent)) return;
  for (const name of readdirSync(parent).filter((name) => name.startsWith('test-'))) {
    const scratch = path.join(parent, name);
    if (!isAlive(readRecord(path.join(scratch, owner)))) await sweep(scratch);
  }
}
