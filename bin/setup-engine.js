// @ts-check
/** The engine for the app: an existing one, or a private one with a registry and a base image. */
import { chmodSync, closeSync, fchmodSync, lstatSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { importBaseImage } from './base-image.js';
import { byHandle, giveTree } from './data-owners.js';
import { describeEngine } from './docker-api.js';
import { hasEngine, startEngine } from './engine.js';
import { engineExposure } from './exposure.js';
import { findEngine, probe } from './find-engine.js';
import { parseAllowed } from './gate/allowed.js';
import {
  enginePackages,
  installHint,
  installObstacle,
  missingPackages,
  requirePackages,
} from './packages.js';
import { keepRunning } from './keep-running.js';
import { nextFreePort } from './ports.js';
import { startRegistry, stopRegistry } from './registry.js';
import { StepError } from './run.js';
import { setupGate } from './setup-gate.js';
import { printLine, printHint, printStep, printWarning } from './print.js';

/** @typedef {{ options: import('./options.js').Options, supervisor: import('./supervise.js').Supervisor, logs: string,
 *   users: import('./service-users.js').ServiceUsers | null }} SetupContext */

/** A path relative to the working directory, if it is below it. @param {string} directory */
const displayPath = (directory) => {
  const relative = path.relative(process.cwd(), directory);
  return relative.startsWith('..') ? directory : relative;
};

/** Prints an expected failure, and continues without the part. @param {string} topic @param {unknown} error */
function printProblem(topic, error) {
  if (!(error instanceof StepError)) throw error;
  printLine(topic, error.message);
  if (error.hint) printHint(error.hint);
  if (error.log) printHint(`Its log: ${error.log}`);
}

/** @param {import('./find-engine.js').Finding} finding */
function printFinding(finding) {
  if (finding.state === 'answers') return printLine('Engine', `${finding.description} at ${finding.address}`);
  if (finding.state === 'silent') {
    printLine(
      'Engine',
      `${finding.address} does not answer (${finding.reason}); the app says so until it does`,
    );
    return;
  }
  printLine('Engine', `${finding.address} refuses permission; the app says so until it does not`);
  printHint(
    `For the engine of the machine: sudo usermod -aG docker ${process.env.USER ?? '$USER'}, and sign in again.`,
  );
}

/** Installs missing packages if allowed; otherwise prints what is missing. @param {SetupContext} context */
async function canRunEngine({ logs }) {
  const packages = await enginePackages();
  const missing = await missingPackages(packages);
  const obstacle = missing.length > 0 ? await installObstacle() : null;
  if (process.platform !== 'linux' || obstacle) {
    printLine(
      'Engine',
      `none found, and none set up: ${obstacle ?? 'that works on Linux only'}; the app starts without one`,
    );
    printHint(
      process.platform === 'linux' ? installHint(['docker.io']) : 'Install and start Docker or Podman.',
    );
    return false;
  }
  if (process.getuid?.() !== 0) {
    printLine('Engine', 'none found; a private one needs root; the app starts without one');
    printHint('Start the engine of the machine (sudo systemctl start docker), or run npm start as root.');
    return false;
  }
  if (missing.length > 0) {
    const log = path.join(logs, 'apt-get.log');
    await printStep('Engine', `none found; installing ${missing.join(', ')}`, () =>
      requirePackages(packages, { log }),
    );
  }
  return true;
}

/** @param {SetupContext} context @returns {Promise<string | null>} its address */
async function setupPrivateEngine(context) {
  const { data, machinePorts, gate, gateAllow } = context.options;
  const hostNetwork = gate === false || parseAllowed(gateAllow).network;
  const directory = path.join(data, 'engine');
  if (!(await canRunEngine(context))) return null;
  context.supervisor.throwIfStopped();
  const engine = await printStep(
    'Engine',
    `a private one in ${displayPath(directory)}`,
    async () => {
      const started = await startEngine({ directory, machinePorts, hostNetwork });
      return { ...started, description: await describeEngine(started.address) };
    },
    ({ adopted, description }) => `${description} ${adopted ? 'still runs from before' : 'runs'}`,
  );
  context.supervisor.add({ topic: 'Engine', stop: engine.stop, kill: engine.killNow });
  keepRunning({ ...engine, topic: 'Engine' }, context.supervisor);
  if (engine.problem) {
    printLine('Network', `containers cannot reach the network: ${engine.problem}`);
    printHint("Builds with network mode 'host' can, with LAYERWRIGHT_GATE_ALLOW=network.");
  }
  return engine.address;
}

/**
 * The registry's password file: the app writes it, into a directory of its own; the registry reads it. Made empty if it is
 * missing: the registry then refuses everyone until the app writes its login.
 * @param {string} directory of the registry @param {import('./service-users.js').ServiceUsers | null} users
 */
function preparePasswordFile(directory, users) {
  const login = path.join(directory, 'login');
  const file = path.join(login, 'htpasswd');
  mkdirSync(login, { recursive: true, mode: 0o700 });
  if (!lstatSync(file, { throwIfNoEntry: false })) closeSync(openSync(file, 'wx', 0o600)); // follows no link
  if (users) {
    const { web, registry } = users;
    chmodSync(directory, 0o711); // to pass through, not to list
    giveTree(login, { uid: web.uid, gid: registry.gid }, { trusted: false });
    chmodSync(login, 0o2750); // what the app writes has the registry's group
    byHandle(file, (handle, { uid }) => uid === web.uid && fchmodSync(handle, 0o640));
  }
  return file;
}

/** @param {SetupContext} context @returns {Promise<Record<string, string>>} environment variables for the app */
async function setupRegistry({ options, supervisor, logs, users }) {
  const packages = /** @type {import('./packages.js').PackageName[]} */ (['docker-registry']);
  if ((await missingPackages(packages)).length > 0) {
    const log = path.join(logs, 'apt-get-registry.log');
    await printStep('Registry', 'installing docker-registry', () => requirePackages(packages, { log }));
  }
  supervisor.throwIfStopped();
  const directory = path.join(options.data, 'registry');
  await stopRegistry(directory); // one left behind occupies the port
  const port = await nextFreePort('127.0.0.1', options.registryPort);
  const passwordFile = preparePasswordFile(directory, users);
  const deletable = options.registryDelete;
  const registry = await startRegistry({ directory, port, passwordFile, deletable, user: users?.registry });
  supervisor.add({ topic: 'Registry', stop: registry.stop });
  keepRunning({ ...registry, topic: 'Registry' }, supervisor);
  const moved = port === options.registryPort ? '' : ` (port ${options.registryPort} is taken)`;
  printLine('Registry', `${registry.host}${moved}, stored in ${displayPath(directory)}`);
  printHint('Its login is in the app, under Registries.');
  return { LAYERWRIGHT_LOCAL_REGISTRY: registry.host, LAYERWRIGHT_REGISTRY_HTPASSWD: passwordFile };
}

/** @param {string} address @param {string} log */
async function setupBaseImage(address, log) {
  const outcome = await importBaseImage(address, 'busybox:latest', { log });
  if (outcome === 'imported') printLine('Base image', "busybox:latest, made from Debian's busybox-static");
}

/** A gate that runs already stands for its engine. @param {import('./options.js').Options} options */
const gateAddress = ({ gate }) => (typeof gate === 'string' ? gate : '');

/**
 * @param {SetupContext} context
 * @returns {Promise<Record<string, string | undefined>>} environment variables for the app
 */
export async function setupEngine(context) {
  const { options, supervisor, logs } = context;
  const directory = path.join(options.data, 'engine');
  /** @type {Record<string, string | undefined>} */
  const engineEnv = {};
  const given = gateAddress(options) || process.env.LAYERWRIGHT_ENGINE || process.env.DOCKER_HOST;
  // A private engine with images is preferred to an engine that is installed later.
  const found = given
    ? await probe(given)
    : hasEngine(directory) && options.setupEngine
      ? null
      : await findEngine(process.env);
  let isPrivate = false;
  if (found) {
    printFinding(found);
    printWarning(engineExposure(found.address, process.env));
    engineEnv.LAYERWRIGHT_ENGINE = found.address;
  } else if (!options.setupEngine) {
    printLine('Engine', 'none found, and LAYERWRIGHT_SETUP_ENGINE=0; the app starts without one');
  } else {
    const address = await setupPrivateEngine(context).catch((error) => printProblem('Engine', error));
    supervisor.throwIfStopped();
    if (address) {
      isPrivate = true;
      engineEnv.LAYERWRIGHT_ENGINE = address;
      engineEnv.LAYERWRIGHT_PRIVATE_ENGINE = address;
      if (options.setupBase) {
        await setupBaseImage(address, path.join(logs, 'base-image.log')).catch((error) =>
          printProblem('Base image', error),
        );
      }
    }
  }
  supervisor.throwIfStopped();
  const gate = await setupGate(context, engineEnv.LAYERWRIGHT_ENGINE ?? null);
  engineEnv.LAYERWRIGHT_GATE = gate ?? '0';
  // The way to the engine itself is the gate's alone.
  if (gate) Object.assign(engineEnv, { DOCKER_HOST: undefined, DOCKER_CERT_PATH: undefined });
  if (options.localRegistry) engineEnv.LAYERWRIGHT_LOCAL_REGISTRY = options.localRegistry;
  else if (options.setupRegistry ?? isPrivate) {
    const registryEnv = await setupRegistry(context).catch((error) => printProblem('Registry', error));
    Object.assign(engineEnv, registryEnv);
  }
  return engineEnv;
}
