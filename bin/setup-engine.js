// @ts-check
/** The engine for the app: one that is there, or a private one with a registry and a base image. */
import path from 'node:path';
import { importBaseImage } from './base-image.js';
import { describeEngine } from './docker-api.js';
import { hasEngine, startEngine } from './engine.js';
import { findEngine, probe } from './find-engine.js';
import {
  enginePackages,
  installHint,
  installObstacle,
  missingPackages,
  requirePackages,
} from './packages.js';
import { nextFreePort } from './ports.js';
import { signal } from './processes.js';
import { startRegistry, stopRegistry } from './registry.js';
import { StepError } from './run.js';
import { say, sayHint, sayStep } from './say.js';

/** @typedef {{ options: import('./options.js').Options, supervisor: import('./supervise.js').Supervisor, logs: string }} Setting */

/** A path as short as it can be said. @param {string} directory */
const shown = (directory) => {
  const relative = path.relative(process.cwd(), directory);
  return relative.startsWith('..') ? directory : relative;
};

/** Says what went wrong outside, and lets the rest go on. @param {string} topic @param {unknown} error */
function sayProblem(topic, error) {
  if (!(error instanceof StepError)) throw error;
  say(topic, error.message);
  if (error.hint) sayHint(error.hint);
  if (error.log) sayHint(`Its log: ${error.log}`);
}

/** @param {import('./find-engine.js').Finding} finding */
function sayFinding(finding) {
  if (finding.state === 'answers') return say('Engine', `${finding.description} at ${finding.address}`);
  if (finding.state === 'silent') {
    say('Engine', `${finding.address} does not answer (${finding.reason}); the app says so until it does`);
    return;
  }
  say('Engine', `${finding.address} refuses permission; the app says so until it does not`);
  sayHint(
    `For the engine of the machine: sudo usermod -aG docker ${process.env.USER ?? '$USER'}, and sign in again.`,
  );
}

/** Installs what is missing and may be; says what is missing when it may not. @param {Setting} setting */
async function canRunEngine({ logs }) {
  const packages = await enginePackages();
  const missing = await missingPackages(packages);
  const obstacle = missing.length > 0 ? await installObstacle() : null;
  if (process.platform !== 'linux' || obstacle) {
    say(
      'Engine',
      `none found, and none set up: ${obstacle ?? 'that works on Linux only'}; the app starts without one`,
    );
    sayHint(
      process.platform === 'linux' ? installHint(['docker.io']) : 'Install and start Docker or Podman.',
    );
    return false;
  }
  if (process.getuid?.() !== 0) {
    say('Engine', 'none found; a private one needs root; the app starts without one');
    sayHint('Start the engine of the machine (sudo systemctl start docker), or run npm start as root.');
    return false;
  }
  if (missing.length > 0) {
    const log = path.join(logs, 'apt-get.log');
    await sayStep('Engine', `none found; installing ${missing.join(', ')}`, () =>
      requirePackages(packages, { log }),
    );
  }
  return true;
}

/** @param {Setting} setting @returns {Promise<string | null>} its address */
async function setupPrivateEngine(setting) {
  const directory = path.join(setting.options.data, 'engine');
  if (!(await canRunEngine(setting))) return null;
  setting.supervisor.check();
  const engine = await sayStep(
    'Engine',
    `a private one in ${shown(directory)}`,
    async () => {
      const started = await startEngine({ directory });
      return { ...started, description: await describeEngine(started.address) };
    },
    ({ adopted, description }) => `${description} ${adopted ? 'still runs from before' : 'runs'}`,
  );
  setting.supervisor.add({ topic: 'Engine', stop: engine.stop, kill: () => signal(engine.pid(), 'SIGKILL') });
  if (engine.problem) {
    say('Network', `containers cannot reach the network: ${engine.problem}`);
    sayHint("Builds with network mode 'host' can.");
  }
  return engine.address;
}

/** @param {Setting} setting @returns {Promise<string>} its host and port */
async function setupRegistry({ options, supervisor, logs }) {
  const packages = /** @type {import('./packages.js').PackageName[]} */ (['docker-registry']);
  if ((await missingPackages(packages)).length > 0) {
    const log = path.join(logs, 'apt-get-registry.log');
    await sayStep('Registry', 'installing docker-registry', () => requirePackages(packages, { log }));
  }
  supervisor.check();
  const directory = path.join(options.data, 'registry');
  await stopRegistry(directory); // One that was left behind has the port, too.
  const port = await nextFreePort('127.0.0.1', options.registryPort);
  const registry = await startRegistry({ directory, port });
  supervisor.add({ topic: 'Registry', stop: registry.stop });
  const moved = port === options.registryPort ? '' : ` (port ${options.registryPort} is taken)`;
  say('Registry', `${registry.host}${moved}, stored in ${shown(directory)}`);
  return registry.host;
}

/** @param {string} address @param {string} log */
async function setupBaseImage(address, log) {
  const outcome = await importBaseImage(address, 'busybox:latest', { log });
  if (outcome === 'imported') say('Base image', "busybox:latest, made from Debian's busybox-static");
}

/**
 * @param {Setting} setting
 * @returns {Promise<Record<string, string>>} what the app is told about it, as environment variables
 */
export async function setupEngine(setting) {
  const { options, supervisor, logs } = setting;
  const directory = path.join(options.data, 'engine');
  /** @type {Record<string, string>} */
  const told = {};
  const given = process.env.LAYERWRIGHT_ENGINE || process.env.DOCKER_HOST;
  // Once images are kept in a private engine, one that is installed later does not take its place unasked.
  const found = given
    ? await probe(given)
    : hasEngine(directory) && options.setupEngine
      ? null
      : await findEngine(process.env);
  let own = false;
  if (found) {
    sayFinding(found);
    told.LAYERWRIGHT_ENGINE = found.address;
  } else if (!options.setupEngine) {
    say('Engine', 'none found, and LAYERWRIGHT_SETUP_ENGINE=0; the app starts without one');
  } else {
    const address = await setupPrivateEngine(setting).catch((error) => sayProblem('Engine', error));
    supervisor.check();
    if (address) {
      own = true;
      told.LAYERWRIGHT_ENGINE = address;
      if (options.setupBase) {
        await setupBaseImage(address, path.join(logs, 'base-image.log')).catch((error) =>
          sayProblem('Base image', error),
        );
      }
    }
  }
  supervisor.check();
  if (options.localRegistry) told.LAYERWRIGHT_LOCAL_REGISTRY = options.localRegistry;
  else if (options.setupRegistry ?? own) {
    const host = await setupRegistry(setting).catch((error) => sayProblem('Registry', error));
    if (host) told.LAYERWRIGHT_LOCAL_REGISTRY = host;
  }
  return told;
}
