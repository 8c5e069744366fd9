// @ts-check
/** What must be made before the app can run: packages, database client, the app itself. Only what changed is made again. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { requirePackages } from './packages.js';
import { StepError, findProgram, run, tailOf } from './run.js';
import { sayStep } from './say.js';
import { hashFiles, isInstalled, readStamp, writeStamp } from './stamps.js';

/** @typedef {{ root: string, logs: string }} Workplace */

/** Where the running Node's headers lie, when it brought them: saves a compiling package their download. */
function headers() {
  const prefix = path.dirname(path.dirname(process.execPath));
  return existsSync(path.join(prefix, 'include/node/node_api.h')) ? { npm_config_nodedir: prefix } : {};
}

/** @param {Workplace} place */
async function npmCi({ root, logs }) {
  const log = path.join(logs, 'npm-ci.log');
  const cli = process.env.npm_execpath?.endsWith('.js') ? process.env.npm_execpath : null;
  const command = cli ? process.execPath : ((await findProgram('npm')) ?? 'npm');
  // The build needs the development packages, whatever NODE_ENV says.
  const args = [...(cli ? [cli] : []), 'ci', '--include=dev', '--no-audit', '--no-fund'];
  const attempt = () => run(command, args, { log, cwd: root, env: headers() });
  try {
    await attempt();
  } catch (error) {
    if (!(error instanceof StepError) || !/gyp ERR|not found: make/.test(tailOf(log, 2000))) throw error;
    // better-sqlite3 found no prebuilt form to download, and no compiler.
    const installed = await requirePackages(['build-essential', 'python3'], {
      log: path.join(logs, 'compiler.log'),
    });
    if (installed.length === 0) throw error;
    await attempt();
  }
}

/** @param {Workplace} place @returns {Promise<void>} */
export async function installModules(place) {
  const { root } = place;
  const stampFile = path.join(root, 'node_modules/.layerwright-installed');
  const note = path.join(root, 'node_modules/.package-lock.json');
  const lock = path.join(root, 'package-lock.json');
  // Native modules are bound to the Node that they were made for.
  const stamp = `${hashFiles(root, ['package-lock.json'])} ${process.versions.modules} ${process.platform}`;
  const known = readStamp(stampFile);
  if (known === stamp) return;
  const madeByNpm = known === null && existsSync(note);
  if (!madeByNpm || !isInstalled(readFileSync(lock, 'utf8'), readFileSync(note, 'utf8'))) {
    await sayStep('Packages', 'npm ci', () => npmCi(place));
  }
  writeStamp(stampFile, stamp);
}

/** @param {Workplace} place @returns {Promise<void>} */
export async function generateClient({ root, logs }) {
  const stampFile = path.join(root, 'lib/generated/.schema');
  const stamp = hashFiles(root, ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json']);
  if (readStamp(stampFile) === stamp) return;
  await sayStep('Database', 'prisma generate', () =>
    run(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], {
      log: path.join(logs, 'prisma-generate.log'),
      cwd: root,
    }),
  );
  writeStamp(stampFile, stamp);
}

// tsconfig.json is not among them: `next build` itself writes to it.
const sources = [
  'app',
  'lib',
  'prisma',
  'public',
  'instrumentation.ts',
  'next.config.js',
  'package-lock.json',
  'postcss.config.mjs',
  'proxy.ts',
];
/** @param {string} name */
export const isSource = (name) => !/\.test\.[jt]sx?$|(^|\/)fixtures$|^lib\/generated$/.test(name);

/** @param {Workplace} place @param {string} [dist] where the built app goes @returns {Promise<void>} */
export async function buildApp({ root, logs }, dist = process.env.LAYERWRIGHT_DIST || '.next') {
  const stampFile = path.join(root, dist, 'layerwright-sources');
  const stamp = hashFiles(root, sources, isSource);
  if (readStamp(stampFile) === stamp && existsSync(path.join(root, dist, 'BUILD_ID'))) return;
  await sayStep('App', 'next build', () =>
    run(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
      log: path.join(logs, 'next-build.log'),
      cwd: root,
      env: { LAYERWRIGHT_DIST: dist, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: undefined },
    }),
  );
  writeStamp(stampFile, stamp);
}
