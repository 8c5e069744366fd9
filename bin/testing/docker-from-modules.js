// @ts-check
/**
 * A newer Docker Engine than the distribution's, compiled from its Go modules. What was compiled is kept in the user's
 * cache directory, 140 MB; Go keeps the modules and its own cache. From empty caches that takes 415 s of processor time
 * and 1.4 GB of downloads; with them, nothing.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { requirePackages } from '../packages.js';
import { StepError, capture, run } from '../run.js';
import { Unavailable } from './unavailable.js';

/** One set: those that the engine's own Dockerfile and go.mod name, and runc's last patch of the same series. */
const versions = {
  engine: '29.8.1',
  moby: 'v2.0.0-beta.24',
  containerd: 'v2.3.5',
  runc: 'v1.5.3',
};
export const dockerVersion = versions.engine;

/** The Go version that moby's go.mod asks for. */
const oldestGo = { major: 1, minor: 26 };

const cacheDirectory = () =>
  path.join(
    process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'),
    'layerwright',
    'engines',
    `docker-${versions.engine}-containerd-${versions.containerd}-runc-${versions.runc}`,
  );

/** @typedef {{ name: string, module: string, package: string, flags: string, tags?: string, cgo?: boolean }} Program */

const moby = 'github.com/moby/moby/v2';
const containerd = 'github.com/containerd/containerd/v2';
const runc = 'github.com/opencontainers/runc';
/** Left out: drivers for btrfs and ZFS, WebAssembly plug-ins, and of containerd Kubernetes' part. */
const tags =
  'exclude_graphdriver_btrfs exclude_graphdriver_zfs nri_no_wasm no_btrfs no_zfs no_devmapper no_cri no_embedded_containerd';
const mobyFlags = `-X ${moby}/dockerversion.Version=${versions.engine} -X ${moby}/dockerversion.GitCommit=${versions.moby}`;
const containerdFlags = `-X ${containerd}/version.Version=${versions.containerd}`;

/** @type {Program[]} */
const programs = [
  { name: 'dockerd', module: 'engine', package: `${moby}/cmd/dockerd`, flags: mobyFlags, tags },
  { name: 'docker-proxy', module: 'engine', package: `${moby}/cmd/docker-proxy`, flags: mobyFlags },
  ...['containerd', 'containerd-shim-runc-v2'].map((name) => ({
    name,
    module: 'engine',
    package: `${containerd}/cmd/${name}`,
    flags: containerdFlags,
    tags,
  })),
  {
    name: 'runc',
    module: 'runc',
    package: runc,
    flags: `-X main.version=${versions.runc.slice(1)}`,
    tags: 'seccomp runc_nocriu',
    cgo: true, // its first process is C, and an engine needs it to know seccomp
  },
];

/** One module for dockerd and containerd: their common dependencies are compiled once. */
const modules = {
  engine: [
    `${moby}/cmd/dockerd@${versions.moby}`,
    `${moby}/cmd/docker-proxy@${versions.moby}`,
    `${containerd}/cmd/containerd@${versions.containerd}`,
    `${containerd}/cmd/containerd-shim-runc-v2@${versions.containerd}`,
  ],
  runc: [`${runc}@${versions.runc}`],
};

async function requireGo() {
  const { code, stdout } = await capture('go', ['version']);
  const [, major, minor] = /go(\d+)\.(\d+)/.exec(stdout) ?? [];
  const wanted = `${oldestGo.major}.${oldestGo.minor}`;
  if (code !== 0 || !major)
    throw new Unavailable(`it is compiled with Go ${wanted} or newer, which is not installed`);
  if (Number(major) < oldestGo.major || (Number(major) === oldestGo.major && Number(minor) < oldestGo.minor))
    throw new Unavailable(`it is compiled with Go ${wanted} or newer, and here is ${major}.${minor}`);
}

/** Of everything that is fetched and compiled; what was compiled by then is kept for the next time. */
const limitMs = 7 * 60_000;

/** @param {string} what @param {string} log @param {() => Promise<unknown>} step */
async function orUnavailable(what, log, step) {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    throw new Unavailable(`${what} (${error.message})`, log);
  }
}

/**
 * Runs Go; throws Unavailable if it fails, or takes longer than is left.
 * @param {string[]} args @param {{ what: string, log: string, cwd: string, env?: Record<string, string>, until: number }} step
 */
async function runGo(args, { what, log, cwd, env, until }) {
  const timeoutMs = Math.max(1, Math.ceil(until - performance.now()));
  await orUnavailable(what, log, () => run('go', args, { log, cwd, env, timeoutMs }));
}

/**
 * A module that has the programs as its tools; `go install` refuses them, because they have replace lines.
 * @param {string} directory @param {string[]} tools @param {{ log: string, until: number }} step
 */
async function fetchModule(directory, tools, { log, until }) {
  if (existsSync(path.join(directory, 'go.mod'))) return;
  const fresh = `${directory}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  await run('go', ['mod', 'init', 'example.com/engine'], { log, cwd: fresh });
  await runGo(['get', '-tool', ...tools], {
    what: 'its Go modules could not be fetched',
    log,
    cwd: fresh,
    until,
  });
  renameSync(fresh, directory);
}

/** @param {Program} program @param {string} from @param {string} to @param {{ log: string, until: number }} step */
async function compile(program, from, to, { log, until }) {
  const file = path.join(to, program.name);
  const args = [
    'build',
    '-ldflags',
    `-s -w ${program.flags}`,
    ...(program.tags ? ['-tags', program.tags] : []),
  ];
  await runGo([...args, '-o', `${file}.new`, program.package], {
    what: `${program.name} could not be compiled`,
    log,
    cwd: from,
    env: { CGO_ENABLED: program.cgo ? '1' : '0' },
    until,
  });
  renameSync(`${file}.new`, file); // a run that was interrupted leaves no half program
}

/**
 * Compiles what is not there yet. Throws Unavailable where this machine cannot.
 * @param {string} logs directory
 * @returns {Promise<{ programs: string, how: string }>} the directory of its programs, to put before PATH
 */
export async function dockerFromModules(logs) {
  const directory = cacheDirectory();
  const bin = path.join(directory, 'bin');
  const missing = programs.filter(({ name }) => !existsSync(path.join(bin, name)));
  if (missing.length === 0)
    return { programs: bin, how: `compiled from its Go modules earlier, kept in ${bin}` };
  await requireGo();
  const log = path.join(logs, 'apt-get-engine.log');
  await orUnavailable('packages that compile it are missing', log, () =>
    requirePackages(['build-essential', 'pkg-config', 'libseccomp-dev'], { log }),
  );
  mkdirSync(bin, { recursive: true });
  const until = performance.now() + limitMs;
  for (const [name, tools] of Object.entries(modules))
    await fetchModule(path.join(directory, 'src', name), tools, {
      log: path.join(logs, `go-get-${name}.log`),
      until,
    });
  for (const program of missing)
    await compile(program, path.join(directory, 'src', program.module), bin, {
      log: path.join(logs, `go-build-${program.name}.log`),
      until,
    });
  return { programs: bin, how: `compiled from its Go modules, kept in ${bin}` };
}
