// @ts-check
/** How the web process runs as an ordinary user: it must reach the app, the data and Node, wherever root keeps them. */
import { chmodSync, existsSync, lstatSync, readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { mountsBelow } from './mounts.js';
import { printLine } from './print.js';
import { StepError, capture } from './run.js';
import { asUser } from './service-users.js';

/** @typedef {import('./service-users.js').User} User */

/** What the server reads of the checkout; the packages and the build are root's own work, and far more files. */
const sources = ['bin', 'examples', 'lib', 'prisma', 'public', 'next.config.js', 'package.json'];

/** Opens a file, or a directory with what is in it, to all for reading. @param {string} file @returns {number} how many */
function openToRead(file) {
  const stat = lstatSync(file);
  if (stat.isSymbolicLink() || !(stat.isDirectory() || stat.isFile())) return 0;
  // The directory itself last: once it is open, so is what is in it.
  let opened = 0;
  if (stat.isDirectory()) for (const name of readdirSync(file)) opened += openToRead(path.join(file, name));
  const wanted = stat.mode | (stat.isDirectory() || stat.mode & 0o100 ? 0o055 : 0o044);
  if (wanted === stat.mode) return opened;
  chmodSync(file, wanted & 0o7777);
  return opened + 1;
}

/**
 * A checkout or a build that was made with another umask is for root alone.
 * @param {string} root @param {string} dist the build output
 */
function openServedFiles(root, dist) {
  const isClosed = (/** @type {string} */ name) =>
    existsSync(path.join(root, name)) && (statSync(path.join(root, name)).mode & 0o055) !== 0o055;
  const names = [...sources, ...['node_modules', dist].filter(isClosed)];
  let opened = 0;
  for (const name of names.filter((name) => existsSync(path.join(root, name))))
    opened += openToRead(path.join(root, name));
  const { mode } = statSync(root);
  if (!(mode & 0o001)) {
    chmodSync(root, (mode & 0o7777) | 0o011); // to enter, not to list
    opened++;
  }
  if (opened > 0)
    printLine('Checkout', `${opened} files and directories opened for reading to the web process`);
}

/** Whether the user may pass through a directory. @param {import('node:fs').Stats} stat @param {User} user */
function mayEnter(stat, { uid, gid }) {
  return Boolean(stat.mode & (stat.uid === uid ? 0o100 : stat.gid === gid ? 0o010 : 0o001));
}

/** The first directory on the way to one that the user may not pass. @param {string} directory @param {User} user */
export function closedAncestor(directory, user) {
  const parents = [];
  for (let at = path.dirname(directory); ; at = path.dirname(at)) {
    parents.unshift(at);
    if (at === path.dirname(at)) break;
  }
  return parents.find((parent) => !mayEnter(statSync(parent), user)) ?? null;
}

/** For sh. @param {string} text */
const quote = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * A script for a mount namespace of its own: it puts an empty directory in the place of each closed one, with nothing but
 * the needed directories in it, under their own paths. The machine sees none of it.
 * @param {{ needed: string[], closed: string[], unmounted: string[], root: string }} plan
 */
function namespaceScript({ needed, closed, unmounted, root }) {
  const sorted = needed.toSorted((a, b) => a.length - b.length); // parents first
  const firstHandle = 3;
  return [
    // The engine's mounts are no business of this process, and would be kept by it.
    ...unmounted.map((point) => `umount -l ${quote(point)}`),
    'former=$(umask); umask 022',
    ...sorted.map((directory, index) => `exec ${firstHandle + index}<${quote(directory)}`),
    ...closed.map((directory) => `mount -t tmpfs -o mode=0755,size=1m layerwright ${quote(directory)}`),
    ...sorted.flatMap((directory, index) => [
      `mkdir -p ${quote(directory)}`,
      `mount --no-canonicalize --bind /proc/self/fd/${firstHandle + index} ${quote(directory)}`,
      `exec ${firstHandle + index}<&-`,
    ]),
    `umask $former; cd ${quote(root)}`,
    'exec "$@"',
  ].join('\n');
}

/** Whether a process needs a capability to listen on a port. @param {number} port */
function isPrivileged(port) {
  const first = '/proc/sys/net/ipv4/ip_unprivileged_port_start';
  return port < (existsSync(first) ? Number(readFileSync(first, 'utf8')) : 1024);
}

/**
 * @param {{ root: string, data: string, user: User, port?: number }} options port: to listen on
 * @returns {Promise<() => string[]>} the program and arguments that run a program as the user, for each launch
 */
export async function prepareWebProcess({ root, data, user, port }) {
  openServedFiles(root, process.env.LAYERWRIGHT_DIST || '.next');
  const own = asUser(user, port !== undefined && isPrivileged(port) ? ['net_bind_service'] : []);
  const used = [...new Set([root, data, path.dirname(process.execPath)].map((name) => realpathSync(name)))];
  const needed = used.filter((directory) => closedAncestor(directory, user) !== null);
  const closed = [...new Set(needed.map((directory) => closedAncestor(directory, user) ?? ''))];
  const [first] = closed;
  if (first === undefined) return () => own;
  if ((await capture('unshare', ['--mount', 'true'])).code !== 0) {
    throw new StepError(`The web process runs as user ${user.uid}, who may not enter ${first}.`, {
      hint: `Let others pass through it (chmod o+x ${first}), or put the checkout and the data elsewhere.`,
    });
  }
  const engine = path.join(realpathSync(data), 'engine');
  return () => {
    const unmounted = mountsBelow(readFileSync('/proc/self/mountinfo', 'utf8'), engine);
    const script = namespaceScript({ needed, closed, unmounted, root: realpathSync(root) });
    return ['unshare', '--mount', '--propagation=slave', 'sh', '-ec', script, 'layerwright', ...own];
  };
}
