// @ts-check
/** `npm start` and `npm run dev`: makes what must be made, finds or sets up an engine, serves, and ends it all in order. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { formatOptionTable, parseOptions } from './options.js';
import { nextFreePort, portObstacle } from './ports.js';
import { buildApp, generateClient, installModules } from './prepare.js';
import { endProcess, isAlive, readRecord, removeRecord, writeRecord } from './processes.js';
import { Interrupted, StepError, tailOf } from './run.js';
import { freshLine, say, sayHint, sayTitle, topicWidth } from './say.js';
import { formatUrl, startServer } from './server.js';
import { setupEngine } from './setup-engine.js';
import { supervise } from './supervise.js';

const root = path.dirname(import.meta.dirname);

/**
 * One start for one data directory. A server that a killed start left behind is ended first.
 * @param {import('./options.js').Options} options @param {import('./supervise.js').Supervisor} supervisor
 */
async function claim({ data, host, port }, supervisor) {
  const ownRecord = path.join(data, 'start.json');
  const serverRecord = path.join(data, 'server.json');
  const other = readRecord(ownRecord);
  if (isAlive(other)) {
    throw new StepError(`Already running on ${data}, as process ${other?.pid}.`, {
      hint: 'Stop that one first, or give this one its own LAYERWRIGHT_DATA and LAYERWRIGHT_PORT.',
    });
  }
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
  writeRecord(ownRecord, process.pid);
  supervisor.add({ topic: 'Start', quiet: true, stop: async () => removeRecord(ownRecord) });
  return serverRecord;
}

/** Lines of the server that have a topic, `Set-up link: http://…`, keep to the columns. @param {string} line */
function sayServerLine(line) {
  const [, topic, text] = line.match(/^([A-Z][a-z-]+(?: [a-z-]+)?): (.+)$/) ?? [];
  if (topic && text && topic.length < topicWidth) return say(topic, text);
  freshLine();
  process.stdout.write(`${line}\n`);
}

/** @param {'start' | 'dev'} mode @param {import('./supervise.js').Supervisor} supervisor @returns {Promise<number>} */
async function work(mode, supervisor) {
  const options = parseOptions(process.env, root);
  const logs = path.join(options.data, 'logs');
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  const serverRecord = await claim(options, supervisor);
  const place = { root, logs };
  const steps =
    mode === 'start' ? [installModules, generateClient, buildApp] : [installModules, generateClient];
  for (const step of steps) {
    await step(place);
    supervisor.check();
  }
  const told = await setupEngine({ options, supervisor, logs });
  supervisor.check();
  const server = startServer({
    root,
    mode,
    host: options.host,
    port: options.port,
    env: { ...told, LAYERWRIGHT_DATA: options.data },
    onLine: sayServerLine,
  });
  writeRecord(serverRecord, server.pid);
  supervisor.add({
    topic: 'Server',
    stop: async () => {
      await server.stop();
      removeRecord(serverRecord);
    },
    kill: server.kill,
  });
  if (await Promise.race([server.ready(), supervisor.asked])) {
    say('Open', `${formatUrl(options.host, options.port)}   (Ctrl-C stops everything that was started here)`);
  }
  const end = await Promise.race([server.ended, supervisor.asked]);
  if (!end || supervisor.isAsked()) return 0;
  say('Server', `ended by itself, with ${end.signal ?? `code ${end.code}`}`);
  return end.code ?? 1;
}

/** @param {unknown} error */
function sayFailure(error) {
  freshLine();
  if (!(error instanceof StepError)) {
    console.error(error);
    return;
  }
  if (error.log) console.error(`\n${tailOf(error.log)}\n`);
  say('Failed', error.message);
  if (error.hint) sayHint(error.hint);
  if (error.log) sayHint(`The whole log: ${error.log}`);
}

/** @param {'start' | 'dev'} mode */
export async function serve(mode) {
  if (process.argv.includes('--help')) {
    console.log(
      `npm ${mode === 'start' ? 'start' : 'run dev'}. Options are environment variables:\n\n${formatOptionTable()}`,
    );
    return;
  }
  sayTitle('Layerwright');
  const supervisor = supervise();
  let code = 1;
  try {
    code = await work(mode, supervisor);
  } catch (error) {
    if (error instanceof Interrupted || supervisor.isAsked()) code = 0;
    else sayFailure(error);
  }
  await supervisor.stopAll();
  // Nothing is left that should keep this process: a pending look at a dead port would.
  process.exit(process.exitCode ?? code);
}
