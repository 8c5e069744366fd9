// @ts-check
/** The gate between the app and the engine, as a process that is restarted if it ends. */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseAllowed } from './gate/allowed.js';
import { keepRunning } from './keep-running.js';
import { openLog } from './log-file.js';
import { createOwnDirectory, foreignReason, letThrough, socketDirectory } from './own-directory.js';
import { printHint, printLine } from './print.js';
import { endProcess, exitOf, readRecord, removeRecord, waitForEnd, writeRecord } from './processes.js';
import { StepError, childEnvironment, messageOf } from './run.js';
import { asUser } from './service-users.js';

const startTimeoutMs = 20_000;
const stopGraceMs = 5000;
/** Of all that root may: to give its socket to the web process, and to open the engine's wherever that is. */
const gateCapabilities = ['chown', 'dac_override'];
const root = { uid: 0, gid: 0 };
/** A socket's address holds 107 bytes, with `/engine.sock`. */
const maxSocketDirectoryBytes = 88;

/** @param {string} data @param {import('./service-users.js').User} [web] of the web process, if that is another user */
function gatePaths(data, web) {
  const directory = path.join(realpathSync(data), 'gate');
  // Not `run`: a version that ran all as one user would refuse one that others may enter.
  const preferred = path.join(directory, web ? 'socket' : 'run');
  const run = socketDirectory(preferred, maxSocketDirectoryBytes, 'layerwright-gate');
  return {
    directory,
    run,
    web,
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
  if (foreignReason(paths.run, paths.web?.gid) === null) rmSync(paths.run, { recursive: true, force: true });
}

/** @param {ReturnType<typeof gatePaths>} paths @param {string} engine @param {string} allow @param {AbortSignal} [aborted] */
async function launch(paths, engine, allow, aborted) {
  await stopGate(paths);
  mkdirSync(paths.directory, { recursive: true, mode: 0o700 });
  if (paths.web) letThrough(paths.directory, paths.web.gid);
  createOwnDirectory(paths.run, paths.web?.gid);
  const log = openLog(paths.log);
  const args = ['--listen', paths.address, '--engine', engine, '--allow', allow];
  if (paths.web) args.push('--user', String(paths.web.uid));
  const own = [process.execPath, path.join(import.meta.dirname, 'gate.js'), ...args];
  const [program = '', ...rest] = paths.web ? [...asUser(root, gateCapabilities), ...own] : own;
  const child = spawn(program, rest, {
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
 * Where the web process is another user, its way to the engine is the gate.
 * @param {boolean} gate @param {string} engine its address @param {import('./service-users.js').User} web
 */
function refuseOwnWay(gate, engine, { uid, gid }) {
  const asOrdinaryUser = 'Start it as the ordinary user who may reach the engine.';
  if (engine.startsWith('ssh:')) {
    throw new StepError(
      `${engine} is reached by the web process itself, as user ${uid} and without root’s keys.`,
      {
        hint: `${asOrdinaryUser} Or run the gate on the machine of the engine (docs/guide/deploy.md).`,
      },
    );
  }
  const file = engine.startsWith('unix://') ? engine.slice('unix://'.length) : null;
  if (!gate && file) {
    throw new StepError(`LAYERWRIGHT_GATE=0 as root: ${engine} is not for the web process, user ${uid}.`, {
      hint: `Leave it out. ${asOrdinaryUser}`,
    });
  }
  const stat = file ? statSync(file, { throwIfNoEntry: false }) : undefined;
  const isOpen = stat && stat.mode & (stat.uid === uid ? 0o200 : stat.gid === gid ? 0o020 : 0o002);
  if (!isOpen) return;
  throw new StepError(`${engine} is open to user ${uid}, who runs the web process.`, {
    hint: 'Close the socket to others, or choose a LAYERWRIGHT_WEB_USER who may not open it.',
  });
}

/**
 * @param {import('./setup-engine.js').SetupContext} context @param {string | null} engine its address
 * @returns {Promise<string | null>} the gate's address; null if the app is to have the engine's own
 */
export async function setupGate({ options, supervisor, users }, engine) {
  const { gate, gateAllow: allow } = options;
  const paths = gatePaths(options.data, users?.web);
  await stopGate(paths); // one that a killed `npm start` has left
  if (typeof gate === 'string') return gate;
  if (users && engine) refuseOwnWay(gate, engine, users.web);
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
      log: paths.log,
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
