// @ts-check
/**
 * A private Docker Engine with its own data, socket, bridge and containerd: started, reused after a crash, and
 * stopped.
 */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isReachable } from './docker-api.js';
import { openLog } from './log-file.js';
import { logLimits } from './log-limits.js';
import { unmountBelow } from './mounts.js';
import { closeNetwork, openNetwork } from './network.js';
import { createOwnDirectory, foreignReason, refuseForeign, socketDirectory } from './own-directory.js';
import {
  endProcess,
  exitOf,
  isAlive,
  killProcess,
  findEngineProcesses,
  readRecord,
  removeRecord,
  signal,
  waitForEnd,
  writeRecord,
} from './processes.js';
import { StepError, childEnvironment } from './run.js';
import { bridgeName } from './subnet.js';

/**
 * Maximum length of the socket directory in bytes: a socket address holds 107, and the engine adds up to 45 below its
 * exec root.
 */
const maxSocketDirectoryBytes = 60;
const startTimeoutMs = 60_000;
/** Longer than the engine's shutdown-timeout, after which it kills its containers. */
const stopGraceMs = 20_000;

/** @param {string} given @param {string} [bridge] */
export function enginePaths(given, bridge) {
  mkdirSync(given, { recursive: true, mode: 0o700 });
  const directory = realpathSync(given);
  const run = socketDirectory(path.join(directory, 'run'), maxSocketDirectoryBytes, 'layerwright');
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

/** @typedef {ReturnType<typeof enginePaths>} EnginePaths */

/**
 * Other programs than those of PATH, and a choice of where images are stored.
 * @typedef {{ programs?: string, store?: 'overlay2' | 'containerd' }} EngineKind
 */

/** @param {EngineKind} kind */
const storeConfiguration = ({ store }) =>
  store && {
    features: { 'containerd-snapshotter': store === 'containerd' },
    ...(store === 'overlay2' && { 'storage-driver': store }),
  };

/** Its programs are found before those of the machine. @param {EngineKind} kind @returns {Record<string, string>} */
const programPath = ({ programs }) => (programs ? { PATH: `${programs}:${childEnvironment().PATH}` } : {});

/**
 * @typedef {object} EngineSettings
 * @property {number[]} machinePorts TCP ports of the machine that containers may reach
 * @property {boolean} hostNetwork whether a build may use the network of the machine
 * @property {EngineKind} kind
 */

/** @param {EnginePaths} paths @param {import('./network.js').Network} network @param {EngineSettings} settings */
function writeConfiguration(paths, network, { hostNetwork, kind }) {
  const file = path.join(paths.directory, 'daemon.json');
  // Own configuration file, so that the machine's /etc/docker/daemon.json does not apply.
  const configuration = {
    'data-root': paths.root,
    'exec-root': paths.run,
    pidfile: path.join(paths.directory, 'docker.pid'),
    hosts: [paths.address],
    bridge: network.bridge ?? 'none',
    mtu: network.mtu,
    iptables: false,
    ip6tables: false,
    'ip-masq': false,
    'ip-forward': false,
    builder: { Entitlements: { 'network-host': hostNetwork, 'security-insecure': false } },
    'shutdown-timeout': 10,
    'log-level': 'warn',
    ...(kind.programs && { 'userland-proxy-path': path.join(kind.programs, 'docker-proxy') }),
    ...storeConfiguration(kind),
  };
  writeFileSync(file, JSON.stringify(configuration, null, 2));
  return file;
}

/** Removes what a killed engine left behind. @param {EnginePaths} paths */
async function cleanUp(paths) {
  for (const pid of findEngineProcesses([paths.root, paths.run])) signal(pid, 'SIGKILL');
  await unmountBelow(paths.directory);
  if (paths.run !== path.join(paths.directory, 'run')) await unmountBelow(paths.run);
  if (foreignReason(paths.run) === null) rmSync(paths.run, { recursive: true, force: true });
  rmSync(path.join(paths.directory, 'docker.pid'), { force: true });
  removeRecord(paths.record);
}

/** @param {EnginePaths} paths @param {string} configuration @param {Record<string, string>} environment */
function spawnDaemon(paths, configuration, environment) {
  const log = openLog(paths.log);
  // The engine uses the machine's containerd if there is one; the namespaces must differ from those of other engines.
  // Passed as flags, because 20.10 does not support the second one under this name in the file.
  const namespaces = [
    `--containerd-namespace=${paths.bridge}`,
    `--containerd-plugins-namespace=${paths.bridge}-plugins`,
  ];
  const child = spawn('dockerd', ['--config-file', configuration, ...namespaces], {
    // Own session: Ctrl-C in the terminal goes to the script, which stops everything in order.
    detached: true,
    stdio: ['ignore', log, log],
    env: childEnvironment({ ...environment, DOCKER_HOST: undefined }),
  });
  closeSync(log);
  child.unref();
  return child;
}

/** @param {EnginePaths} paths @param {EngineSettings} settings @param {AbortSignal} [aborted] */
async function launch(paths, settings, aborted) {
  await cleanUp(paths);
  const network = await openNetwork(paths.bridge, settings.machinePorts);
  createOwnDirectory(paths.run);
  const found = programPath(settings.kind);
  const environment = { ...found, ...(await logLimits(found)) };
  const child = spawnDaemon(paths, writeConfiguration(paths, network, settings), environment);
  let spawnError = '';
  child.once('error', (error) => (spawnError = error.message));
  if (child.pid) writeRecord(paths.record, child.pid, { problem: network.problem });
  const deadline = Date.now() + startTimeoutMs;
  while (!(await isReachable(paths.address))) {
    const exit = exitOf(child);
    const late = Date.now() > deadline && `it does not answer after ${startTimeoutMs / 1000} s`;
    const failure =
      spawnError || (exit && `it ended ${exit}`) || late || (aborted?.aborted && 'it was stopped');
    if (failure) {
      await shutDown(paths);
      throw new StepError(`The private engine did not start: ${failure}.`, { log: paths.log });
    }
    await sleep(100);
  }
  return { child, problem: network.problem };
}

/** Stops the engine and removes its bridge, rules and mounts. @param {EnginePaths} paths */
async function shutDown(paths) {
  await endProcess(readRecord(paths.record), stopGraceMs);
  await cleanUp(paths);
  await closeNetwork(paths.bridge);
}

/** @param {EnginePaths} paths */
async function isRunning(paths) {
  const record = readRecord(paths.record);
  return isAlive(record) && (await isReachable(paths.address));
}

/**
 * @typedef {object} Engine
 * @property {string} address `unix:///…`
 * @property {() => number} pid
 * @property {boolean} adopted it was already running, started earlier
 * @property {string | null} problem why its containers cannot reach the network
 * @property {string} log file
 * @property {() => Promise<void>} stop stops it and cleans up; `restart` may follow
 * @property {(signal?: AbortSignal) => Promise<void>} restart
 * @property {(signal: AbortSignal) => Promise<string>} ended waits until its process ended, and says how
 * @property {() => Promise<void>} kill like a crash; `stop` or `restart` must follow
 * @property {() => void} killNow the same without waiting for its end
 */

/**
 * @param {{ directory: string, bridge?: string } & Partial<EngineSettings>} options
 * @returns {Promise<Engine>}
 */
export async function startEngine({ directory, bridge, machinePorts = [], hostNetwork = true, kind = {} }) {
  const settings = { machinePorts, hostNetwork, kind };
  const paths = enginePaths(directory, bridge);
  refuseForeign(paths.run);
  const adopted = await isRunning(paths);
  if (!adopted) await endProcess(readRecord(paths.record), stopGraceMs);
  let launched = adopted ? null : await launch(paths, settings);
  return {
    address: paths.address,
    adopted,
    problem: launched?.problem ?? null,
    log: paths.log,
    stop: () => shutDown(paths),
    ended: (signal) => waitForEnd(readRecord(paths.record), launched?.child ?? null, signal),
    restart: async (signal) => {
      await shutDown(paths);
      launched = await launch(paths, settings, signal);
    },
    pid: () => readRecord(paths.record)?.pid ?? 0,
    kill: async () => {
      const record = readRecord(paths.record);
      killProcess(record);
      while (isAlive(record)) await sleep(20);
    },
    killNow: () => killProcess(readRecord(paths.record)),
  };
}

/** Stops the engine of a directory, also if another process started it. @param {string} directory */
export const stopEngine = (directory) => shutDown(enginePaths(directory));

/** Whether a private engine was used here before. It has images, so it is used again. @param {string} directory */
export const hasEngine = (directory) => existsSync(path.join(directory, 'root'));
