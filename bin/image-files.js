// @ts-check
/**
 * Collects what the container image has of the app, after `next build` with NEXT_OUTPUT=standalone:
 * `node bin/image-files.js <directory>`.
 */
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);

/** What bin imports of lib: its files in JavaScript. */
const sharedFiles = () =>
  readdirSync(path.join(root, 'lib'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js') && !name.startsWith('generated'))
    .map((name) => path.join('lib', name));

/**
 * By name, because Next's standalone directory also has what its trace took for a file of the app: sources, tests.
 * @param {string} dist the build output, relative to the project @returns {[from: string, to: string][]}
 */
const imageFiles = (dist) => [
  ...['server.js', 'package.json', 'node_modules', dist].map(
    (name) => /** @type {[string, string]} */ ([path.join(dist, 'standalone', name), name]),
  ),
  [path.join(dist, 'static'), path.join(dist, 'static')],
  ['public', 'public'],
  ['prisma/migrations', 'prisma/migrations'],
  ['bin', 'bin'],
  ...sharedFiles().map((name) => /** @type {[string, string]} */ ([name, name])),
];

/** @param {string} target a directory, which is created @param {string} dist */
export function collectImageFiles(target, dist) {
  for (const [from, to] of imageFiles(dist)) {
    mkdirSync(path.dirname(path.join(target, to)), { recursive: true });
    cpSync(path.join(root, from), path.join(target, to), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (name) => !/\.(ts|go|test\.js)$/.test(name), // tests, and types of packages
    });
  }
}

if (process.argv[1] === import.meta.filename) {
  const target = process.argv[2];
  if (!target) throw new Error('node bin/image-files.js <directory>');
  collectImageFiles(path.resolve(target), process.env.LAYERWRIGHT_DIST || '.next');
}
