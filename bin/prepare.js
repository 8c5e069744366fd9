// @ts-check
/** Prepares the app to run: packages, database client, build. Each step is skipped if its inputs are unchanged. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { requirePackages } from './packages.js';
import { StepError, findProgram, run, tailOf } from './run.js';
import { printStep } from './print.js';
import { hashFiles, isInstalled, readStamp, writeStamp } from './stamps.js';

/** @typedef {{ root: string, logs: string }} Directories */

/** The directory of the Node headers, if installed with Node: packages that compile need not download them. */
function headers() {
  const prefix = path.dirname(path.dirname(process.execPath));
  return existsSync(path.join(prefix, 'include/node/node_api.h')) ? { npm_config_nodedir: prefix } : {};
}

/** @param {Directories} directories */
async function npmCi({ root, logs }) {
  const log = path.join(logs, 'npm-ci.log');
  const cli = process.env.npm_execpath?.endsWith('.js') ? process.env.npm_execpath : null;
  const command = cli ? process.execPath : ((await findProgram('npm')) ?? 'npm');
  // The build needs the development packages, also with NODE_ENV=production.
  const args = [...(cli ? [cli] : []), 'ci', '--include=dev', '--no-audit', '--no-fund'];
  const attempt = () => run(command, args, { log, cwd: root, env: headers() });
  try {
    await attempt();
  } catch (error) {
    if (!(error instanceof StepError) || !/gyp ERR|not found: make/.test(tailOf(log, 2000))) throw error;
    // better-sqlite3 has no prebuilt binary here, and there is no compiler.
    const installed = await requirePackages(['build-essential', 'python3'], {
      log: path.join(logs, 'compiler.log'),
    });
    if (installed.length === 0) throw error;
    await attempt();
  }
}

/** @param {Directories} directories @returns {Promise<void>} */
export async function installModules(directories) {
  const { root } = directories;
  const stampFile = path.join(root, 'node_modules/.layerwright-installed');
  const npmRecord = path.join(root, 'node_modules/.package-lock.json');
  const lock = path.join(root, 'package-lock.json');
  // Native modules work only with the Node version that they were built for.
  const stamp = `${hashFiles(root, ['package-lock.json'])} ${process.versions.modules} ${process.platform}`;
  const known = readStamp(stampFile);
  if (known === stamp) return;
  const installedByNpm = known === null && existsSync(npmRecord);
  if (!installedByNpm || !isInstalled(readFileSync(lock, 'utf8'), readFileSync(npmRecord, 'utf8'))) {
    await printStep('Packages', 'npm ci', () => npmCi(directories));
  }
  writeStamp(stampFile, stamp);
}

/** @param {Directories} directories @returns {Promise<void>} */
export async function generateClient({ root, logs }) {
  const stampFile = path.join(root, 'lib/generated/.schema');
  const stamp = hashFiles(root, ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json']);
  if (readStamp(stampFile) === stamp) return;
  await printStep('Database', 'prisma generate', () =>
    run(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], {
      log: path.join(logs, 'prisma-generate.log'),
      cwd: root,
    }),
  );
  writeStamp(stampFile, stamp);
}

// Not tsconfig.json: `next build` itself writes to it.
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

/**
 * @param {Directories} directories
 * @param {{ dist?: string, output?: 'standalone' }} [options] the directory of the build; standalone: with the files of
 *   the container image
 */
export async function buildApp(
  { root, logs },
  { dist = process.env.LAYERWRIGHT_DIST || '.next', output } = {},
) {
  const stampFile = path.join(root, dist, 'layerwright-sources');
  const stamp = hashFiles(root, sources, isSource);
  if (readStamp(stampFile) === stamp && existsSync(path.join(root, dist, 'BUILD_ID'))) return;
  await printStep('App', 'next build', () =>
    run(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
      log: path.join(logs, 'next-build.log'),
      cwd: root,
      env: {
        LAYERWRIGHT_DIST: dist,
        NEXT_OUTPUT: output,
        NEXT_TELEMETRY_DISABLED: '1',
        NODE_ENV: undefined,
      },
    }),
  );
  writeStamp(stampFile, stamp);
}
