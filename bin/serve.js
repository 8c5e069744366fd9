// @ts-check
/**
 * `npm start` and `npm run dev`: prepares the app, finds or sets up an engine, serves, and stops everything in order.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { closeAndReport, listSome } from './data-modes.js';
import { claimDataDirectory, splitDataDirectory } from './data-owners.js';
import { serverExposure } from './exposure.js';
import { formatOptionTable, parseOptions } from './options.js';
import { keepRunning } from './keep-running.js';
import { nextFreePort, portObstacle } from './ports.js';
import { buildApp, generateClient, installModules } from './prepare.js';
import { endProcess, isAlive, readRecord, removeRecord, writeRecord } from './processes.js';
import { requirePackages } from './packages.js';
import { Interrupted, StepError, endSteps, tailOf } from './run.js';
import { findServiceUsers } from './service-users.js';
import { endLine, printLine, printHint, printTitle, printWarning, topicWidth } from './print.js';
import { formatUrl, startServer } from './server.js';
import { setupEngine } from './setup-engine.js';
import { supervise } from './supervise.js';
import { writePrivately } from './umask.js';
import { prepareWebProcess } from './web-process.js';

const root = path.dirname(import.meta.dirname);

/**
 * Allows one instance per data directory. Ends what an earlier, killed instance left behind, except a private engine,
 * which is reused (engine.js), and a registry, which is replaced (registry.js).
 * @param {import('./options.js').Options} options @param {string} logs
 * @param {import('./supervise.js').Supervisor} supervisor
 */
async function claimInstance({ data, host, port }, logs, supervisor) {
  const ownRecord = path.join(data, 'start.json');
  const serverRecord = path.join(data, 'server.json');
  const other = readRecord(ownRecord);
  if (isAlive(other)) {
    throw new StepError(`Already running on ${data}, as process ${other?.pid}.`, {
      hint: 'Stop that one first, or give this one its own LAYERWRIGHT_DATA and LAYERWRIGHT_PORT.',
    });
  }
  writeRecord(ownRecord, process.pid);
  supervisor.add({ topic: 'Start', quiet: true, stop: async () => removeRecord(ownRecord) });
  await endSteps(logs);
  await endProcess(readRecord(serverRecord), 10_000);
  const obstacle = await portObstacle(host, port);
  if (obstacle) {
    const reason =
      { EADDRINUSE: 'is taken', EACCES: 'is for root only' }[obstacle] ?? `cannot be used (${obstacle})`;
    const free = obstacle === 'EADDRINUSE' ? await nextFreePort(host, port + 1) : 3000;
    throw new StepError(`Port ${port} on ${host} ${reason}.`, {
      hint: `Choose another: LAYERWRIGHT_PORT=${free}`,
    });
  }
  return serverRecord;
}

/** Prints server lines with a topic (`Set-up link: http://…`) in columns. @param {string} line */
function printServerLine(line) {
  const [, topic, text] = line.match(/^([A-Z][a-z-]+(?: [a-z-]+)?): (.+)$/) ?? [];
  if (topic && text && topic.length < topicWidth) return printLine(topic, text);
  endLine();
  process.stdout.write(`${line}\n`);
}

/** @param {string} data @param {import('./service-users.js').User} web */
function giveData(data, web) {
  const left = splitDataDirectory(data, web);
  if (left === null) return;
  printLine('Data', `what the web process stores is given to user ${web.uid}; the rest stays root's`);
  if (left.length > 0)
    printHint(`Not given, because they have several names (hard links): ${listSome(left)}`);
}

/**
 * @param {import('./options.js').Options} options @param {import('./service-users.js').User} user @param {string} logs
 * @returns {Promise<() => string[]>} runs a program as the user
 */
async function prepareWeb({ data, port }, user, logs) {
  await requirePackages(['util-linux'], { log: path.join(logs, 'apt-get-util-linux.log') });
  const asWeb = await prepareWebProcess({ root, data, user, port });
  printLine('Web process', `runs as user ${user.uid}, not as root`);
  return asWeb;
}

/** @param {'start' | 'dev'} mode @param {import('./supervise.js').Supervisor} supervisor */
async function startAll(mode, supervisor) {
  const options = parseOptions(process.env, root);
  const logs = path.join(options.data, 'logs');
  mkdirSync(options.data, { recursive: true, mode: 0o700 });
  // A developer's server compiles what it serves, and is run by whoever edits that.
  const users = mode === 'start' ? findServiceUsers(options.webUser) : null;
  if (users) claimDataDirectory(options.data, users.web);
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  const serverRecord = await claimInstance(options, logs, supervisor);
  if (users) giveData(options.data, users.web);
  closeAndReport(options.data, users?.web);
  const directories = { root, logs };
  const steps =
    mode === 'start' ? [installModules, generateClient, buildApp] : [installModules, generateClient];
  for (const step of steps) {
    await step(directories);
    supervisor.throwIfStopped();
  }
  const asWeb = users ? await prepareWeb(options, users.web, logs) : () => [];
  const engineEnv = await setupEngine({ options, supervisor, logs, users });
  supervisor.throwIfStopped();
  const home = users ? { HOME: options.data, TMPDIR: undefined } : {};
  const env = { ...engineEnv, ...home, LAYERWRIGHT_DATA: options.data };
  await runServer({ mode, options, env, asWeb, serverRecord }, supervisor);
}

/**
 * @param {{ mode: 'start' | 'dev', options: import('./options.js').Options, env: Record<string, string | undefined>,
 *   asWeb: () => string[], serverRecord: string }} given
 * @param {import('./supervise.js').Supervisor} supervisor
 */
async function runServer({ mode, options, env, asWeb, serverRecord }, supervisor) {
  const { host, port } = options;
  const launch = () => {
    const launched = startServer({ root, mode, host, port, env, through: asWeb(), onLine: printServerLine });
    writeRecord(serverRecord, launched.pid);
    return launched;
  };
  let server = launch();
  const stop = async () => {
    await server.stop();
    removeRecord(serverRecord);
  };
  supervisor.add({ topic: 'Server', stop, kill: () => server.kill() });
  const isReady = await Promise.race([server.ready(), supervisor.stopRequested]);
  supervisor.throwIfStopped();
  // No retry: a failure of the first start (a damaged database, a wrong setting) would repeat.
  if (!isReady) throw new StepError(`The server did not start: ${server.failure()}.`);
  printWarning(serverExposure(options));
  printLine('Open', `${formatUrl(host, port)}   (Ctrl-C stops everything that was started here)`);
  const restart = async (/** @type {AbortSignal} */ signal) => {
    server = launch();
    if (await server.ready(signal)) return;
    const failure = server.failure();
    await server.stop();
    throw new StepError(`The server did not start: ${failure}.`);
  };
  keepRunning({ topic: 'Server', ended: (signal) => server.ended(signal), restart }, supervisor);
  await supervisor.stopRequested;
}

/** @param {unknown} error */
function printFailure(error) {
  endLine();
  if (!(error instanceof StepError)) {
    console.error(error);
    return;
  }
  if (error.log) console.error(`\n${tailOf(error.log)}\n`);
  printLine('Failed', error.message);
  if (error.hint) printHint(error.hint);
  if (error.log) printHint(`The whole log: ${error.log}`);
}

/** @param {'start' | 'dev'} mode */
export async function serve(mode) {
  if (process.argv.includes('--help')) {
    console.log(
      `npm ${mode === 'start' ? 'start' : 'run dev'}. Options are environment variables:\n\n${formatOptionTable()}`,
    );
    return;
  }
  printTitle('Layerwright');
  writePrivately();
  const supervisor = supervise();
  let code = 0;
  try {
    await startAll(mode, supervisor);
  } catch (error) {
    if (!(error instanceof Interrupted) && !supervisor.isStopRequested()) {
      printFailure(error);
      code = 1;
    }
  }
  await supervisor.stopAll();
  // A pending request to an unreachable address must not delay the exit.
  process.exit(process.exitCode ?? code);
}
