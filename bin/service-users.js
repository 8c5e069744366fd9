// @ts-check
/** The ordinary users of the web process and of the registry, where `npm start` is root. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { StepError } from './run.js';

/** @typedef {{ uid: number, gid: number }} User */
/** @typedef {{ web: User, registry: User }} ServiceUsers */

/** That of the container image, too (Dockerfile). */
const firstId = 10_001;
/** An account of this name is used if there is one: the service's of the deployment guide. */
const accountName = 'layerwright';

/**
 * An account or a group of this machine as a line of its file; '' if it does not exist. Directory services are asked, too.
 * @param {string} key a name or a number @param {'passwd' | 'group'} [database]
 */
function findAccount(key, database = 'passwd') {
  try {
    return execFileSync('getent', [database, '--', key], { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    if (/** @type {{ status?: number }} */ (error).status === 2) return ''; // getent(1): the key is not found
    const lines = readFileSync(`/etc/${database}`, 'utf8').split('\n');
    return lines.find((line) => [0, 2].some((field) => line.split(':')[field] === key)) ?? '';
  }
}

/** @param {string} account a line of /etc/passwd @returns {User | null} */
function userOf(account) {
  const [, , uid, gid] = account.split(':');
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null;
}

/** @param {string} text `name` or `uid:gid` @returns {User} */
function parseUser(text) {
  const [, uid, gid] = text.match(/^(\d+):(\d+)$/) ?? [];
  const user = uid && gid ? { uid: Number(uid), gid: Number(gid) } : userOf(findAccount(text));
  if (!user)
    throw new StepError(`LAYERWRIGHT_WEB_USER=${text} is neither a user of this machine nor uid:gid.`);
  if (user.uid === 0 || user.gid === 0)
    throw new StepError(`LAYERWRIGHT_WEB_USER=${text} is root: the web process is never root.`, {
      hint: 'Leave it out, or name an ordinary user.',
    });
  return user;
}

/** The first number that neither an account nor a group has. @param {User} [taken] */
function firstFreeUser(taken) {
  for (let id = firstId; ; id++)
    if (id !== taken?.uid && !findAccount(String(id)) && !findAccount(String(id), 'group'))
      return { uid: id, gid: id };
}

/**
 * Null for an ordinary user, who starts everything as itself.
 * @param {string | null} webUser as in LAYERWRIGHT_WEB_USER @returns {ServiceUsers | null}
 */
export function findServiceUsers(webUser) {
  if (process.getuid?.() !== 0) return null;
  if (process.platform !== 'linux') {
    throw new StepError('As root it runs on Linux only.', { hint: 'Start it as an ordinary user.' });
  }
  const web = webUser ? parseUser(webUser) : (userOf(findAccount(accountName)) ?? firstFreeUser());
  return { web, registry: firstFreeUser(web) };
}

/**
 * The program and arguments that run a program as a user: without capabilities, other groups, and any way to get them.
 * @param {User} user @param {string[]} [capabilities] that it keeps
 */
export function asUser({ uid, gid }, capabilities = []) {
  const kept = capabilities.map((name) => `+${name}`).join(',');
  const sets = kept
    ? [`--inh-caps=-all,${kept}`, `--ambient-caps=${kept}`, `--bounding-set=-all,${kept}`]
    : ['--inh-caps=-all', '--bounding-set=-all'];
  return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--no-new-privs', ...sets, '--'];
}
