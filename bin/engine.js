// @ts-check
/** A private Docker Engine: own data, socket, bridge and containerd; started, taken over after a crash, and stopped. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answers } from './docker-api.js';
import { logLimits } from './log-limits.js';
import { unmountBelow } from './mounts.js';
import { closeNetwork, openNetwork } from './network.js';
import {
  endProcess,
  identify,
  isAlive,
  leftovers,
  readRecord,
  removeRecord,
  signal,
  writeRecord,
} from './processes.js';
import { StepError, childEnvironment } from './run.js';
import { bridgeName } from './subnet.js';

/** Longest directory for sockets: an address holds 107 bytes, and the engine adds up to 45 below its exec root. */
const longestSocketDirectory = 60;
const startGrace = 60_000;
/** Above the engine's own shutdown-timeout, after which it kills its containers. */
const stopGrace = 20_000;

/** @param {string} given @param {string} [bridge] */
function placeOf(given, bridge) {
  mkdirSync(given, { recursive: true, mode: 0o700 });
  const directory = realpathSync(given);
  const near = path.join(directory, 'run');
  const digest = createHash('sha256').update(directory).digest('hex').slice(0, 12);
  const run =
    Buffer.byteLength(near) <= longestSocketDirectory
      ? near
      : path.join(os.tmpdir(), `layerwright-${digest}`);
  return {
    directory,
    run,
    root: path.join(directory, 'root'),
    socket: path.join(run, 'docker.sock'),
    address: `unix://${path.join(run, 'docker.sock')}`,
    record: path.join(directory, 'process.json'),
    log: path.join(directory, 'dockerd.log'),
    bridge: bridge ?? bridgeName(directory),
  };
}

/** @typedef {ReturnType<typeof placeOf>} Place */

/** @param {Place} place @param {import('./network.js').Network} network */
function writeConfiguration(place, network) {
  const file = path.join(place.directory, 'daemon.json');
  // A file of our own, so that the machine's /etc/docker/daemon.json has no part in it.
  const configuration = {
    'data-root': place.root,
    'exec-root': place.run,
    pidfile: path.join(place.directory, 'docker.pid'),
    hosts: [place.address],
    bridge: network.bridge ?? 'none',
    mtu: network.mtu,
    iptables: false,
    ip6tables: false,
    'ip-masq': false,
    'ip-forward': false,
    'shutdown-timeout': 10,
    'log-level': 'warn',
  };
  writeFileSync(file, JSON.stringify(configuration, null, 2));
  return file;
}

/** Clears away what an engine that was killed left behind. @param {Place} place */
async function clear(place) {
  for (const pid of leftovers([place.root, place.run])) signal(pid, 'SIGKILL');
  await unmountBelow(place.directory);
  if (place.run !== path.join(place.directory, 'run')) await unmountBelow(place.run);
  rmSync(place.run, { recursive: true, force: true });
  rmSync(path.join(place.directory, 'docker.pid'), { force: true });
  removeRecord(place.record);
}

/** @param {Place} place @param {string} configuration @param {Record<string, string>} limits */
function spawnDaemon(place, configuration, limits) {
  if (existsSync(place.log)) renameSync(place.log, `${place.log}.previous`);
  const log = openSync(place.log, 'w', 0o600);
  // Where the machine's own containerd runs, the engine uses it; these names must not meet another engine's. As flags,
  // because 20.10 does not know the second one by the same name in the file.
  const namespaces = [
    `--containerd-namespace=${place.bridge}`,
    `--containerd-plugins-namespace=${place.bridge}-plugins`,
  ];
  const child = spawn('dockerd', ['--config-file', configuration, ...namespaces], {
    // Its own session: Ctrl-C in the terminal is for the script, which stops things in order.
    detached: true,
    stdio: ['ignore', log, log],
    env: childEnvironment({ ...limits, DOCKER_HOST: undefined }),
  });
  closeSync(log);
  child.unref();
  return child;
}

/** @param {Place} place */
async function launch(place) {
  await clear(place);
  const network = await openNetwork(place.bridge);
  mkdirSync(place.run, { recursive: true, mode: 0o700 });
  const child = spawnDaemon(place, writeConfiguration(place, network), await logLimits());
  /** @type {string | null} */
  let ended = null;
  child.once('error', (error) => (ended = error.message));
  child.once('exit', (code, signal) => (ended = `it ended with ${signal ?? `code ${code}`}`));
  if (child.pid) writeRecord(place.record, child.pid, { problem: network.problem });
  const until = Date.now() + startGrace;
  while (!(await answers(place.address))) {
    if (ended === null && Date.now() > until) ended = `it does not answer after ${startGrace / 1000} s`;
    if (ended !== null) {
      await halt(place);
      throw new StepError(`The private engine did not start: ${ended}.`, { log: place.log });
    }
    await sleep(100);
  }
  return network.problem;
}

/** Stops the engine and removes its bridge, rules and mounts. @param {Place} place */
async function halt(place) {
  await endProcess(readRecord(place.record), stopGrace);
  await clear(place);
  await closeNetwork(place.bridge);
}

/** @param {Place} place */
async function isRunning(place) {
  const record = readRecord(place.record);
  return isAlive(record) && (await answers(place.address));
}

/**
 * @typedef {object} Engine
 * @property {string} address `unix:///…`
 * @property {() => number} pid
 * @property {boolean} adopted whether it was still running from an earlier start
 * @property {string | null} problem why its containers cannot reach the network
 * @property {string} log file
 * @property {() => Promise<void>} stop and leave nothing; `restart` may follow
 * @property {() => Promise<void>} restart
 * @property {() => Promise<void>} kill as a crash would; `stop` or `restart` must follow
 */

/**
 * @param {{ directory: string, bridge?: string }} options
 * @returns {Promise<Engine>}
 */
export async function startEngine({ directory, bridge }) {
  const place = placeOf(directory, bridge);
  const adopted = await isRunning(place);
  if (!adopted) await endProcess(readRecord(place.record), stopGrace);
  const problem = adopted ? null : await launch(place);
  return {
    address: place.address,
    adopted,
    problem,
    log: place.log,
    pid: () => readRecord(place.record)?.pid ?? 0,
    stop: () => halt(place),
    restart: async () => {
      await halt(place);
      await launch(place);
    },
    kill: async () => {
      const record = readRecord(place.record);
      if (!record || !identify(record.pid)) return;
      signal(record.pid, 'SIGKILL');
      while (isAlive(record)) await sleep(20);
    },
  };
}

/** Stops the engine of a directory, whoever started it. @param {string} directory */
export const stopEngine = (directory) => halt(placeOf(directory));

/** Whether a private engine has been used here before: it holds images, and goes on being the one. @param {string} directory */
export const hasEngine = (directory) => existsSync(path.join(directory, 'root'));
