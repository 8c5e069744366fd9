// @ts-check
/**
 * `npm start` and `npm run dev`: prepares the app, finds or sets up an engine, serves, and stops everything in order.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { closeAndReport } from './data-modes.js';
import { serverExposure } from './exposure.js';
import { formatOptionTable, parseOptions } from './options.js';
import { keepRunning } from './keep-running.js';
import { nextFreePort, portObstacle } from './ports.js';
import { buildApp, generateClient, installModules } from './prepare.js';
import { endProcess, isAlive, readRecord, removeRecord, writeRecord } from './processes.js';
import { Interrupted, StepError, endSteps, tailOf } from './run.js';
import { endLine, printLine, printHint, printTitle, printWarning, topicWidth } from './print.js';
import { formatUrl, startServer } from './server.js';
import { setupEngine } from './setup-engine.js';
import { supervise } from './supervise.js';
import { writePrivately } from './umask.js';

const root = path.dirname(import.meta.dirname);

/**
 * Allows one instance per data directory. Ends what an earlier, killed instance left behind, except a private engine,
 * which is reused (engine.js), and a registry, which is replaced (registry.js).
 * @param {import('./options.js').Options} options @param {string} logs
 * @param {import('./supervise.js').Supervisor} supervisor
 */
async function claimDataDirectory({ data, host, port }, logs, supervisor) {
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

/** @param {'start' | 'dev'} mode @param {import('./supervise.js').Supervisor} supervisor */
async function startAll(mode, supervisor) {
  const options = parseOptions(process.env, root);
  const logs = path.join(options.data, 'logs');
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  closeAndReport(options.data);
  const serverRecord = await claimDataDirectory(options, logs, supervisor);
  const directories = { root, logs };
  const steps =
    mode === 'start' ? [installModules, generateClient, buildApp] : [installModules, generateClient];
  for (const step of steps) {
    await step(directories);
    supervisor.throwIfStopped();
  }
  const engineEnv = await setupEngine({ options, supervisor, logs });
  supervisor.throwIfStopped();
  const env = { ...engineEnv, LAYERWRIGHT_DATA: options.data };
  await runServer({ mode, options, env, serverRecord }, supervisor);
}

/**
 * @param {{ mode: 'start' | 'dev', options: import('./options.js').Options, env: Record<string, string | undefined>,
 *   serverRecord: string }} given
 * @param {import('./supervise.js').Supervisor} supervisor
 */
async function runServer({ mode, options, env, serverRecord }, supervisor) {
  const { host, port } = options;
  const launch = () => {
    const launched = startServer({ root, mode, host, port, env, onLine: printServerLine });
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
