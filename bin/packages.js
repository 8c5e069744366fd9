// @ts-check
/** Debian packages: installed if they are missing and this process is allowed to. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { readSwitch } from './options.js';
import { StepError, capture, findProgram, run } from './run.js';

/** What a package provides, possibly from another source: programs, or an absolute path. */
const provides = {
  'docker.io': ['dockerd'],
  'docker-registry': ['docker-registry'],
  iproute2: ['ip'],
  iptables: ['iptables'],
  apparmor: ['apparmor_parser'],
  'xz-utils': ['xz'],
  'ca-certificates': ['/etc/ssl/certs/ca-certificates.crt'],
  chromium: ['chromium'],
  debootstrap: ['debootstrap'],
  perl: ['perl'],
  'util-linux': ['setpriv', 'unshare'],
  git: ['git'],
  'openssh-client': ['ssh'],
  // Compiles better-sqlite3 if its prebuilt binary cannot be downloaded.
  'build-essential': ['make', 'g++'],
  python3: ['python3'],
  'pkg-config': ['pkg-config'],
  'libseccomp-dev': ['/usr/include/seccomp.h'],
};

/** @typedef {keyof typeof provides} PackageName */

/** @param {string} item */
const isPresent = async (item) =>
  item.startsWith('/') ? existsSync(item) : (await findProgram(item)) !== null;

/** @param {PackageName[]} names @returns {Promise<PackageName[]>} */
export async function missingPackages(names) {
  const found = await Promise.all(
    names.map(async (name) => (await Promise.all(provides[name].map(isPresent))).every(Boolean)),
  );
  return names.filter((_, index) => !found[index]);
}

/** Why packages cannot be installed; null if they can. @returns {Promise<string | null>} */
export async function installObstacle() {
  if (readSwitch(process.env, 'LAYERWRIGHT_INSTALL') === false) return 'LAYERWRIGHT_INSTALL=0 forbids it';
  if ((await findProgram('apt-get')) === null) return 'there is no apt-get here';
  if (process.getuid?.() !== 0) return 'only root may';
  return null;
}

const policyFile = '/usr/sbin/policy-rc.d';

/**
 * Prevents newly installed packages from starting services (docker.io would start a second engine). The policy file
 * denies only while this process runs, so that it has no effect after a crash.
 * @param {() => Promise<void>} work
 */
async function withoutServices(work) {
  if (existsSync(policyFile)) return work();
  const rule = `#!/bin/sh\n# Layerwright is installing packages as process ${process.pid}.\n`;
  writeFileSync(policyFile, `${rule}kill -0 ${process.pid} 2>/dev/null && exit 101\nexit 0\n`, {
    mode: 0o755,
  });
  try {
    await work();
  } finally {
    rmSync(policyFile, { force: true });
  }
}

/** @param {string[]} args @param {string} log @param {string} [cwd] */
export const aptGet = (args, log, cwd) =>
  run('apt-get', ['-q', '-y', '-o', 'DPkg::Lock::Timeout=300', ...args], {
    log,
    cwd,
    env: { DEBIAN_FRONTEND: 'noninteractive' },
    uninterruptible: true,
  });

/** Retries with updated package lists: a new machine has none, an old one outdated ones. */
export async function withUpdatedLists(/** @type {() => Promise<void>} */ work, /** @type {string} */ log) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    await aptGet(['update'], log);
    await work();
  }
}

/** @param {string[]} names */
export const installHint = (names) => `Install it with: sudo apt-get install ${names.join(' ')}`;

/**
 * Installs missing packages; throws a StepError that names them if that is not allowed.
 * @param {PackageName[]} names
 * @param {{ log: string }} options
 * @returns {Promise<PackageName[]>} what was installed
 */
export async function requirePackages(names, { log }) {
  const missing = await missingPackages(names);
  if (missing.length === 0) return [];
  const obstacle = await installObstacle();
  if (obstacle) {
    throw new StepError(`${missing.join(', ')} missing, and not installed: ${obstacle}.`, {
      hint: installHint(missing),
    });
  }
  await withoutServices(() =>
    withUpdatedLists(() => aptGet(['install', '--no-install-recommends', ...missing], log), log),
  );
  const stillMissing = await missingPackages(missing);
  if (stillMissing.length > 0)
    throw new StepError(`${stillMissing.join(', ')} did not come with the installation.`, { log });
  return missing;
}

/** The packages that a private engine needs. @returns {Promise<PackageName[]>} */
export async function enginePackages() {
  /** @type {PackageName[]} */
  const names = ['docker.io', 'iproute2', 'iptables', 'xz-utils', 'ca-certificates'];
  // With AppArmor in the kernel, the engine cannot start containers without its parser.
  const appArmor = await capture('cat', ['/sys/module/apparmor/parameters/enabled']);
  return appArmor.stdout.trim() === 'Y' ? [...names, 'apparmor'] : names;
}
