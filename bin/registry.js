// @ts-check
/** A registry (Debian's docker-registry) on the loopback address. */
import { spawn } from 'node:child_process';
import { chownSync, closeSync, mkdirSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { giveTree } from './data-owners.js';
import { openLog } from './log-file.js';
import { endProcess, exitOf, readRecord, removeRecord, waitForEnd, writeRecord } from './processes.js';
import { StepError, childEnvironment } from './run.js';
import { asUser } from './service-users.js';
import { privately } from './umask.js';

const startTimeoutMs = 20_000;
const stopGraceMs = 5000;

/**
 * @typedef {object} RegistryOptions
 * @property {string} directory
 * @property {number} port
 * @property {string} [passwordFile] htpasswd; who is not in it is refused. Read again when it changes.
 * @property {boolean} [deletable] whether images can be deleted from it
 * @property {{ certificate: string, key: string }} [tls] files
 * @property {import('./service-users.js').User} [user] who runs it, if that is another one
 */

/** Paths are relative: its user may not enter what is above. @param {RegistryOptions} options */
function writeConfiguration({ directory, port, passwordFile, deletable = false, tls, user }) {
  /** @param {string} file */
  const relative = (file) => path.relative(directory, file);
  const configuration = {
    version: 0.1,
    log: { level: 'warn', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: 'store' }, delete: { enabled: deletable } },
    http: {
      addr: `127.0.0.1:${port}`,
      secret: randomBytes(16).toString('hex'),
      ...(tls && { tls: { certificate: tls.certificate, key: tls.key } }),
    },
    ...(passwordFile && { auth: { htpasswd: { realm: 'layerwright', path: relative(passwordFile) } } }),
  };
  const file = path.join(directory, 'config.yml');
  writeFileSync(file, JSON.stringify(configuration, null, 2), { mode: 0o600 }); // JSON is YAML
  if (user) chownSync(file, user.uid, user.gid);
  return relative(file);
}

/** Also of a version that ran it as root. @param {string} directory @param {import('./service-users.js').User} user */
function giveStore(directory, user) {
  const store = path.join(directory, 'store');
  mkdirSync(store, { recursive: true, mode: 0o700 });
  giveTree(store, user, { trusted: false });
}

/** Whether a registry responds, with or without a password. @param {number} port @param {boolean} secure */
function isReachable(port, secure) {
  return new Promise((resolve) => {
    const options = { host: '127.0.0.1', port, path: '/v2/', timeout: 2000, rejectUnauthorized: false };
    const request = (secure ? https : http).get(options, (response) => {
      response.resume();
      resolve(response.statusCode === 200 || response.statusCode === 401);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

/** @param {string} directory */
const recordOf = (directory) => path.join(directory, 'process.json');

/** Stops the registry of a directory, also if an earlier process started it. @param {string} directory */
export async function stopRegistry(directory) {
  await endProcess(readRecord(recordOf(directory)), stopGraceMs);
  removeRecord(recordOf(directory));
}

/** @param {RegistryOptions} options @param {AbortSignal} [aborted] */
async function launch(options, aborted) {
  const { directory, port, tls, user } = options;
  const log = path.join(directory, 'registry.log');
  await stopRegistry(directory); // a registry of an earlier process uses this store
  const output = openLog(log);
  const [program, ...args] = [...(user ? asUser(user) : []), 'docker-registry'];
  args.push('serve', writeConfiguration(options));
  const child = privately(() =>
    spawn(program ?? '', args, {
      cwd: directory,
      detached: true, // Ctrl-C in the terminal goes to the script only
      stdio: ['ignore', output, output],
      env: childEnvironment(),
    }),
  );
  closeSync(output);
  child.unref();
  let spawnError = '';
  child.once('error', (error) => (spawnError = error.message));
  if (child.pid) writeRecord(recordOf(directory), child.pid);
  const deadline = Date.now() + startTimeoutMs;
  for (;;) {
    // Another program may respond on the port while ours ends.
    const reachable = await isReachable(port, Boolean(tls));
    const exit = exitOf(child);
    const late = Date.now() > deadline && `it does not answer after ${startTimeoutMs / 1000} s`;
    const failure = spawnError || (exit && `it ended ${exit}`) || (aborted?.aborted && 'it was stopped');
    if (reachable && !failure) return child;
    if (failure || late) {
      await stopRegistry(directory);
      throw new StepError(`The registry did not start: ${failure || late}.`, { log });
    }
    await sleep(50);
  }
}

/**
 * @typedef {object} Registry
 * @property {string} host
 * @property {string} log file
 * @property {() => Promise<void>} stop
 * @property {(signal?: AbortSignal) => Promise<void>} restart
 * @property {(signal: AbortSignal) => Promise<string>} ended waits until its process ended, and says how
 */

/** @param {RegistryOptions} options @returns {Promise<Registry>} */
export async function startRegistry(options) {
  const { directory, port } = options;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  await stopRegistry(directory);
  if (options.user) giveStore(directory, options.user);
  let child = await launch(options);
  return {
    host: `127.0.0.1:${port}`,
    log: path.join(directory, 'registry.log'),
    stop: () => stopRegistry(directory),
    restart: async (signal) => {
      child = await launch(options, signal);
    },
    ended: (signal) => waitForEnd(null, child, signal),
  };
}
