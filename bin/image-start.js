// @ts-check
/** The process of the container image: the built server, with the checks of the data directory that `npm start` makes. */
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { closeAndReport } from './data-modes.js';
import { parseOptions } from './options.js';
import { StepError, messageOf } from './run.js';
import { writePrivately } from './umask.js';

const root = path.dirname(import.meta.dirname);

/** As process 1 it would ignore these signals until the server handles them itself (lib/startup.ts). */
function endUntilServerDoes() {
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT']))
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) process.exit(0);
    });
}

/** @param {string} data */
function requireWritable(data) {
  try {
    accessSync(data, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const owner = statSync(data, { throwIfNoEntry: false })?.uid;
    const user = process.getuid?.();
    throw new StepError(`${data} cannot be written (${messageOf(error)}).`, {
      hint: `It belongs to user ${owner}. On the host: chown ${user}:${user} the directory that is mounted there.`,
    });
  }
}

async function main() {
  endUntilServerDoes();
  writePrivately();
  const { data, host, port } = parseOptions(process.env, root);
  requireWritable(data);
  closeAndReport(data);
  // Next's names of host and port; an engine sets HOSTNAME to the id of the container.
  Object.assign(process.env, { HOSTNAME: host, PORT: String(port), NEXT_MANUAL_SIG_HANDLE: '1' });
  await import(pathToFileURL(path.join(root, 'server.js')).href);
}

main().catch((error) => {
  console.error(error instanceof StepError ? [error.message, error.hint].join('\n') : error);
  process.exit(1);
});
