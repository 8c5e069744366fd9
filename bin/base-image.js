// @ts-check
/**
 * A small base image made of Debian's busybox-static, so that a first build needs neither a registry nor the
 * internet.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { callEngine } from './docker-api.js';
import { aptGet, withUpdatedLists } from './packages.js';
import { StepError, capture, run } from './run.js';
import { packTar } from './tar.js';

const PT_INTERP = 3; // elf(5): the program header of programs that need a dynamic loader

/** @param {Buffer} file any file; only 64-bit little-endian ELF is recognized */
export function isStaticProgram(file) {
  const magic = file.subarray(0, 5).toString('latin1');
  if (magic !== '\x7fELF\x02' || os.endianness() !== 'LE') return false;
  const tableOffset = Number(file.readBigUInt64LE(32));
  const entrySize = file.readUInt16LE(54);
  const count = file.readUInt16LE(56);
  return Array.from({ length: count }, (_, index) =>
    file.readUInt32LE(tableOffset + index * entrySize),
  ).every((type) => type !== PT_INTERP);
}

/**
 * The installed busybox if it is static; otherwise the package's, extracted without installing it, because it would
 * replace the installed busybox.
 * @param {string} directory for extraction @param {string} log
 */
async function findBusybox(directory, log) {
  const installed = ['/usr/bin/busybox', '/bin/busybox'].find(
    (file) => existsSync(file) && isStaticProgram(readFileSync(file)),
  );
  if (installed) return installed;
  await withUpdatedLists(() => aptGet(['download', 'busybox-static'], log, directory), log);
  const archive = readdirSync(directory).find((name) => name.endsWith('.deb'));
  if (!archive) throw new StepError('apt-get brought no busybox-static.', { log });
  await run('dpkg-deb', ['--extract', archive, 'unpacked'], { log, cwd: directory });
  return ['usr/bin/busybox', 'bin/busybox']
    .map((file) => path.join(directory, 'unpacked', file))
    .find(existsSync);
}

const accounts = ['root:x:0:0:root:/root:/bin/sh', 'nobody:x:65534:65534:nobody:/nonexistent:/bin/false'];
const groups = ['root:x:0:', 'nogroup:x:65534:'];
/** @param {string[]} lines */
const text = (lines) => Buffer.from(`${lines.join('\n')}\n`);

/**
 * @param {Buffer} busybox
 * @param {string[]} applets in the form of `busybox --list-full`: `usr/bin/awk`
 * @returns {import('./tar.js').Entry[]}
 */
export function baseImageFiles(busybox, applets) {
  const directories = ['bin', 'etc', 'home', 'sbin', 'usr', 'usr/bin', 'usr/sbin', 'var', 'var/log'];
  const links = applets.filter((applet) => /^(usr\/)?s?bin\//.test(applet) && applet !== 'bin/busybox');
  return [
    ...directories.map((name) => ({ path: `${name}/`, type: /** @type {const} */ ('directory') })),
    { path: 'root/', type: 'directory', mode: 0o700 },
    { path: 'tmp/', type: 'directory', mode: 0o1777 },
    { path: 'var/tmp/', type: 'directory', mode: 0o1777 },
    { path: 'bin/busybox', type: 'file', mode: 0o755, content: busybox },
    ...links.map((applet) => ({ path: applet, type: /** @type {const} */ ('link'), target: '/bin/busybox' })),
    { path: 'etc/passwd', type: 'file', content: text(accounts) },
    { path: 'etc/group', type: 'file', content: text(groups) },
  ];
}

/** @param {string} [givenLog] by default in the scratch directory, which is kept after a failure then */
async function packBaseImage(givenLog) {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'layerwright-busybox-'));
  const log = givenLog ?? path.join(scratch, 'busybox.log');
  let keep = givenLog === undefined;
  try {
    mkdirSync(path.join(scratch, 'unpacked'));
    const busybox = await findBusybox(scratch, log);
    if (!busybox) throw new StepError('busybox-static holds no busybox.', { log });
    const { stdout } = await capture(busybox, ['--list-full']);
    keep = false;
    return packTar(baseImageFiles(readFileSync(busybox), stdout.trim().split('\n')));
  } finally {
    if (!keep) rmSync(scratch, { recursive: true, force: true });
  }
}

const changes = [
  'CMD ["sh"]',
  'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  'LABEL org.opencontainers.image.description="Made by Layerwright from Debian\'s package busybox-static"',
];

/**
 * Imports the base image into the engine, unless an image with this name exists.
 * @param {string} address of the engine
 * @param {string} [reference]
 * @param {{ log?: string }} [options]
 * @returns {Promise<'present' | 'imported'>}
 */
export async function importBaseImage(address, reference = 'busybox:latest', options = {}) {
  if ((await callEngine(address, `/images/${reference}/json`)).status === 200) return 'present';
  const [repo = '', tag = 'latest'] = reference.split(':');
  const query = new URLSearchParams([
    ['fromSrc', '-'],
    ['repo', repo],
    ['tag', tag],
    ...changes.map((line) => ['changes', line]),
  ]);
  const body = await packBaseImage(options.log);
  const { status, text } = await callEngine(address, `/images/create?${query}`, {
    method: 'POST',
    body,
    timeoutMs: 60_000,
  });
  if (status !== 200 || text.includes('"error"'))
    throw new StepError(`The engine did not take the base image: ${text.trim()}`);
  return 'imported';
}
