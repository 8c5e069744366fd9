// @ts-check
/** The gate between the app and the engine, as a process that is restarted if it ends. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, realpathSync, renameSync, rmSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseAllowed } from './gate/allowed.js';
import { keepRunning } from './keep-running.js';
import { createOwnDirectory, foreignReason, socketDirectory } from './own-directory.js';
import { printHint, printLine } from './print.js';
import { endProcess, exitOf, readRecord, removeRecord, waitForEnd, writeRecord } from './processes.js';
import { StepError, childEnvironment, messageOf } from './run.js';

const startTimeoutMs = 20_000;
const stopGraceMs = 5000;
/** A socket's address holds 107 bytes, with `/engine.sock`. */
const maxSocketDirectoryBytes = 88;

/** @param {string} data */
function gatePaths(data) {
  const directory = path.join(realpathSync(data), 'gate');
  const run = socketDirectory(directory, maxSocketDirectoryBytes, 'layerwright-gate');
  return {
    directory,
    run,
    address: `unix://${path.join(run, 'engine.sock')}`,
    record: path.join(directory, 'process.json'),
    log: path.join(directory, 'gate.log'),
  };
}

/** @param {string} address `unix://…` @returns {Promise<boolean>} */
const listens = (address) =>
  new Promise((resolve) => {
    const socket = net.connect(address.slice('unix://'.length));
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });

/** @param {ReturnType<typeof gatePaths>} paths */
async function stopGate(paths) {
  await endProcess(readRecord(paths.record), stopGraceMs);
  removeRecord(paths.record);
  if (foreignReason(paths.run) === null) rmSync(paths.run, { recursive: true, force: true });
}

/** @param {ReturnType<typeof gatePaths>} paths @param {string} engine @param {string} allow @param {AbortSignal} [aborted] */
async function launch(paths, engine, allow, aborted) {
  await stopGate(paths);
  mkdirSync(paths.directory, { recursive: true, mode: 0o700 });
  createOwnDirectory(paths.run);
  if (existsSync(paths.log)) renameSync(paths.log, `${paths.log}.previous`);
  const log = openSync(paths.log, 'w', 0o600);
  const args = ['--listen', paths.address, '--engine', engine, '--allow', allow];
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'gate.js'), ...args], {
    detached: true, // Ctrl-C in the terminal goes to the script only
    stdio: ['ignore', log, log],
    env: childEnvironment(),
  });
  closeSync(log);
  child.unref();
  if (child.pid) writeRecord(paths.record, child.pid);
  const deadline = Date.now() + startTimeoutMs;
  while (!(await listens(paths.address)) || exitOf(child)) {
    const exit = exitOf(child);
    const late = Date.now() > deadline && `it does not listen after ${startTimeoutMs / 1000} s`;
    const failure = (exit && `it ended ${exit}`) || late || (aborted?.aborted && 'it was stopped');
    if (failure) {
      await stopGate(paths);
      throw new StepError(`The gate did not start: ${failure}.`, { log: paths.log });
    }
    await sleep(50);
  }
  return child;
}

/** @param {string} list */
function checkAllowed(list) {
  try {
    parseAllowed(list);
  } catch (error) {
    throw new StepError(messageOf(error));
  }
}

/**
 * @param {import('./setup-engine.js').SetupContext} context @param {string | null} engine its address
 * @returns {Promise<string | null>} the gate's address; null if the app is to have the engine's own
 */
export async function setupGate({ options, supervisor }, engine) {
  const { gate, gateAllow: allow } = options;
  const paths = gatePaths(options.data);
  await stopGate(paths); // one that a killed `npm start` has left
  if (typeof gate === 'string') return gate;
  if (!gate || !engine) return null;
  if (!/^(unix|tcp):/.test(engine)) {
    printLine('Gate', `none for ${engine}: run one on the machine of the engine`);
    printHint('docs/guide/deploy.md says how.');
    return null;
  }
  checkAllowed(allow);
  let child = await launch(paths, engine, allow);
  supervisor.add({ topic: 'Gate', stop: () => stopGate(paths) });
  keepRunning(
    {
      topic: 'Gate',
      ended: (signal) => waitForEnd(null, child, signal),
      restart: async (signal) => {
        child = await launch(paths, engine, allow, signal);
      },
    },
    supervisor,
  );
  printLine('Gate', `before the engine; ${allow ? `lets through ${allow}` : 'nothing reaches its host'}`);
  return paths.address;
}
