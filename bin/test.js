// @ts-check
/**
 * `npm test`: installs what is needed, runs the checks, the unit tests and the end-to-end tests against a private
 * engine and registry, and stops them. Then the engine suites run on further engines (bin/testing/engines.js).
 * `npm test -- unit e2e/login` runs a part (check, unit or e2e) on the first engine only, `--engine docker29-overlay2` on
 * that one; other arguments are file names for the test runners. `npm run bench`, `npm run faults` and `npm run soak`
 * use the same environment.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { importBaseImage } from './base-image.js';
import { describeEngine } from './docker-api.js';
import { startEngine } from './engine.js';
import { enginePackages, requirePackages } from './packages.js';
import { anyFreePort } from './ports.js';
import { buildApp, generateClient, installModules } from './prepare.js';
import { writeRecord } from './processes.js';
import { startRegistry } from './registry.js';
import { addReports, emptyReport, formatReport, readInterrupted, readReport } from './report.js';
import { Interrupted, StepError, run, runInForeground, tailOf } from './run.js';
import { endLine, formatSeconds, printLine, printHint, printStep, printTitle } from './print.js';
import { claimScratch, sweep, sweepAbandoned } from './sweep.js';
import { supervise } from './supervise.js';
import { parseTestArguments } from './test-arguments.js';
import { defaultEngine, engineFor, suiteEngines } from './testing/engines.js';
import { Unavailable } from './testing/unavailable.js';

const root = path.dirname(import.meta.dirname);
const scratch = path.join(root, '.tmp', `test-${process.pid}`);
const logs = path.join(scratch, 'logs');
const dist = '.next-test';
/** So that a runner that hangs does not block the rest. */
const timeoutsMs = { unit: 14 * 60_000, e2e: 46 * 60_000, bench: 40 * 60_000, trials: 180 * 60_000 };

const titles = { unit: 'Unit tests', e2e: 'End to end', bench: 'Benchmarks', trials: 'Trials' };

/** The user's settings must not affect the tests: neither their engine nor their data. */
function clearSettings() {
  for (const name of Object.keys(process.env)) {
    if (/^(LAYERWRIGHT_(?!INSTALL$)|DOCKER_)/.test(name)) delete process.env[name];
  }
}

/** @typedef {import('./report.js').Report} Report */
/** @typedef {import('./supervise.js').Supervisor} Supervisor */

/** @param {string} name @param {() => Promise<Report | void>} work @returns {Promise<Report>} */
async function reportFailure(name, work) {
  try {
    return (await work()) ?? emptyReport();
  } catch (error) {
    if (error instanceof Interrupted || supervisor.isStopRequested())
      return { ...emptyReport(), interrupted: [name] };
    endLine();
    if (error instanceof Unavailable) printLine('Failed', `${name}: ${error.message}`);
    else if (!(error instanceof StepError)) console.error(error);
    else {
      if (error.log) console.error(`\n${tailOf(error.log, 60)}\n`);
      printLine('Failed', `${name}: ${error.message}`);
      if (error.hint) printHint(error.hint);
    }
    return { ...emptyReport(), failed: [name] };
  }
}

/** @param {string[]} parts */
async function install(parts) {
  const packages = parts.some((part) => part !== 'check')
    ? [...(await enginePackages()), 'docker-registry', 'git', 'openssh-client']
    : [];
  if (parts.some((part) => ['e2e', 'bench', 'trials'].includes(part))) packages.push('chromium');
  if (parts.includes('e2e')) packages.push('debootstrap');
  const wanted = /** @type {import('./packages.js').PackageName[]} */ (packages);
  const installed = await requirePackages(wanted, { log: path.join(logs, 'apt-get.log') });
  if (installed.length > 0) printLine('Installed', installed.join(', '));
  await installModules({ root, logs });
  await generateClient({ root, logs });
}

/** The steps of `npm run validate` and the migrations. @type {[string, string[]][]} */
const checks = [
  ['prettier --check', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']],
  [
    'oxlint',
    ['node_modules/oxlint/bin/oxlint', '-c', 'oxlint.config.mjs', '--type-aware', '--deny-warnings'],
  ],
  ['next typegen', ['node_modules/next/dist/bin/next', 'typegen']],
  ['tsc', ['node_modules/typescript/bin/tsc', '--noEmit']],
  ['migrations', ['bin/migration.js', 'check']],
];

/** @param {Report[]} reports */
async function runChecks(reports) {
  for (const [name, args] of checks) {
    const log = path.join(logs, `${name.split(' ')[0]}.log`);
    const env = { NEXT_TELEMETRY_DISABLED: '1', LAYERWRIGHT_DIST: undefined };
    const check = () => run(process.execPath, args, { log, cwd: root, env });
    reports.push(await reportFailure(name, () => printStep('Check', name, check)));
    if (supervisor.isStopRequested()) return;
  }
}

const ipv6Switch = '/proc/sys/net/ipv6/conf/default/disable_ipv6';

/**
 * The veth interface of each container gets an IPv6 address automatically, and each that appears or disappears makes
 * Chromium abort its requests (ERR_NETWORK_CHANGED). During the tests, new interfaces get none.
 * @param {Supervisor} supervisor
 */
function disableIpv6OnNewInterfaces(supervisor) {
  try {
    if (readFileSync(ipv6Switch, 'utf8').trim() !== '0') return;
    writeFileSync(ipv6Switch, '1');
  } catch (error) {
    printLine('Network', `may change under the browser: ${String(error)}`);
    return;
  }
  supervisor.add({ topic: 'Network', quiet: true, stop: async () => writeFileSync(ipv6Switch, '0') });
}

/** @typedef {{ name: string, env: Record<string, string>, report: Report, since: number }} Lane */

/**
 * One of the engines for tests, with a registry of its own, since tests expect theirs to be empty.
 * @param {string} name @returns {Promise<Lane>}
 */
async function openLane(name) {
  const { title, store, provide } = engineFor(name);
  const since = performance.now();
  const { programs, how } = await printStep(
    'Engine',
    title,
    () => provide(logs),
    ({ how }) => how,
  );
  supervisor.throwIfStopped();
  const directory = path.join(scratch, `engine-${name}`);
  const engine = await startEngine({ directory, kind: { programs, store } });
  supervisor.add({ topic: 'Engine', stop: engine.stop, kill: engine.killNow });
  await importBaseImage(engine.address, 'busybox:latest', { log: path.join(logs, 'base-image.log') });
  const registry = await startRegistry({
    directory: path.join(scratch, `registry-${name}`),
    port: await anyFreePort(),
  });
  supervisor.add({ topic: 'Registry', stop: registry.stop });
  printLine('Services', `engine ${engine.address}, registry ${registry.host}`);
  if (engine.problem) printLine('Network', `containers cannot reach the network: ${engine.problem}`);
  const env = {
    LAYERWRIGHT_TEST_ENGINE: engine.address,
    LAYERWRIGHT_TEST_REGISTRY: registry.host,
    LAYERWRIGHT_TEST_DIRECTORY: scratch,
    LAYERWRIGHT_DIST: dist,
  };
  const description = `${await describeEngine(engine.address)}${store ? ` with ${store}` : ''}, ${how}`;
  return { name, env, since, report: { ...emptyReport(), engines: [description] } };
}

/**
 * @param {'unit' | 'e2e' | 'bench' | 'trials'} part @param {string[]} args @param {Record<string, string>} env
 * @returns {Promise<Report>}
 */
async function runTests(part, args, env) {
  const runner = part === 'unit' ? 'vitest' : 'playwright';
  printLine(titles[part], runner);
  const file = path.join(scratch, `${part}.json`);
  try {
    const code = await runInForeground(process.execPath, args, {
      cwd: root,
      env: { ...env, LAYERWRIGHT_REPORT: file, NEXT_TELEMETRY_DISABLED: '1' },
      timeoutMs: timeoutsMs[part],
      onStart: (pid) => writeRecord(path.join(scratch, `${part}-runner`, 'process.json'), pid),
    });
    return readReport(file, runner, code);
  } catch (error) {
    if (error instanceof Interrupted) return readInterrupted(file, runner);
    throw error;
  }
}

const vitest = [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=./bin/report-vitest.js',
];

/** The engine suites on one more engine. @param {string} name @returns {Promise<Report>} */
async function runEngineSuites(name) {
  const skipped = `engine suites on ${name}`;
  try {
    const { env, report, since } = await openLane(name);
    const ran = await runTests('unit', [...vitest, '.engine.test'], env);
    const seconds = formatSeconds((performance.now() - since) / 1000);
    return addReports([
      { ...ran, failed: ran.failed.map((test) => `${name}: ${test}`) },
      { ...report, engines: (report.engines ?? []).map((engine) => `${engine}: engine suites, ${seconds}`) },
    ]);
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return { ...emptyReport(), skipped: [{ name: skipped, reason: error.message }] };
  }
}

/** @param {Report[]} reports gets what each part comes to, also if a later one is interrupted */
async function work(reports) {
  const { parts, files, trial, engine = defaultEngine } = parseTestArguments(process.argv.slice(2));
  await sweepAbandoned(path.dirname(scratch));
  mkdirSync(logs, { recursive: true });
  claimScratch(scratch);
  supervisor.add({ topic: 'Scratch', quiet: true, stop: () => sweep(scratch) });
  await install(parts);
  if (parts.includes('check')) await runChecks(reports);
  if (supervisor.isStopRequested() || parts.every((part) => part === 'check')) return;
  disableIpv6OnNewInterfaces(supervisor);
  const { env, report } = await openLane(engine);
  reports.push(report);
  supervisor.throwIfStopped();
  if (parts.includes('unit')) {
    reports.push(await runTests('unit', [...vitest, ...files], env));
    if (supervisor.isStopRequested()) return;
  }
  if (process.argv.length === 2)
    for (const name of suiteEngines) {
      reports.push(await reportFailure(name, () => runEngineSuites(name)));
      if (supervisor.isStopRequested()) return;
    }
  const journeys = parts.includes('bench') ? 'bench' : parts.includes('trials') ? 'trials' : 'e2e';
  if (!parts.includes(journeys)) return;
  if (journeys === 'bench') env.LAYERWRIGHT_BENCH = files.length > 0 ? 'part' : 'all';
  if (trial) env.LAYERWRIGHT_TRIAL = trial;
  const built = await reportFailure('next build', () =>
    buildApp({ root, logs }, { dist, output: 'standalone' }),
  );
  if (built.failed.length > 0) {
    reports.push({ ...built, failed: ['next build, so that nothing ran after it'] });
  } else if (built.interrupted) reports.push(built);
  else
    reports.push(await runTests(journeys, ['node_modules/@playwright/test/cli.js', 'test', ...files], env));
}

clearSettings();
printTitle('Layerwright: tests');
const supervisor = supervise();
/** @type {Report[]} */
const reports = [];
reports.push(await reportFailure('Preparation', () => work(reports)));
await supervisor.stopAll();
const report = addReports(reports);
if (supervisor.isStopRequested()) report.interrupted ??= ['Preparation'];
console.log(`\n${formatReport(report)}`);
process.exit(report.failed.length > 0 || report.interrupted ? 1 : (process.exitCode ?? 0));
