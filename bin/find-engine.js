// @ts-check
/** Finds the engine of this machine, in the order of the docker command. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { callEngine, describeEngine } from './docker-api.js';

/**
 * @typedef {{ address: string, state: 'answers', description: string }
 *   | { address: string, state: 'denied' }
 *   | { address: string, state: 'silent', reason: string }} Finding
 */

/** The engine of the docker command's current context. @param {string} home @returns {string | null} */
function contextAddress(home, context = process.env.DOCKER_CONTEXT) {
  const configuration = path.join(home, '.docker/config.json');
  try {
    const name = context || JSON.parse(readFileSync(configuration, 'utf8')).currentContext;
    if (!name || name === 'default') return null;
    const folder = createHash('sha256').update(name).digest('hex');
    const meta = path.join(home, '.docker/contexts/meta', folder, 'meta.json');
    return JSON.parse(readFileSync(meta, 'utf8')).Endpoints?.docker?.Host || null;
  } catch {
    return null; // no docker command, or an invalid configuration
  }
}

/** @param {{ home: string, runtime: string }} place @returns {string[]} */
export const usualSockets = ({ home, runtime }) => [
  '/var/run/docker.sock',
  `${runtime}/docker.sock`,
  `${home}/.docker/run/docker.sock`,
  `${home}/.docker/desktop/docker.sock`,
  `${home}/.colima/default/docker.sock`,
  `${home}/.rd/docker.sock`,
  `${home}/.orbstack/run/docker.sock`,
  `${runtime}/podman/podman.sock`,
  '/run/podman/podman.sock',
];

/** @param {string} address @returns {Promise<Finding>} */
export async function probe(address) {
  if (address.startsWith('ssh://'))
    return { address, state: 'answers', description: 'not asked, reached by ssh' };
  try {
    const { status } = await callEngine(address, '/_ping', { timeoutMs: 3000 });
    if (status === 200) return { address, state: 'answers', description: await describeEngine(address) };
    if (status === 401 || status === 403) return { address, state: 'denied' };
    return { address, state: 'silent', reason: `it answers ${status}` };
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'EACCES' || code === 'EPERM') return { address, state: 'denied' };
    return { address, state: 'silent', reason: code ?? message };
  }
}

/**
 * The first engine that responds, otherwise the first that denies access, otherwise null.
 * @param {NodeJS.ProcessEnv} env @returns {Promise<Finding | null>}
 */
export async function findEngine(env) {
  const home = env.HOME ?? '/root';
  const runtime = env.XDG_RUNTIME_DIR || `/run/user/${process.getuid?.() ?? 0}`;
  const context = contextAddress(home);
  // A socket in an unreadable directory counts as missing.
  const sockets = usualSockets({ home, runtime }).filter(existsSync);
  const addresses = [...(context ? [context] : []), ...sockets.map((socket) => `unix://${socket}`)];
  const findings = await Promise.all(addresses.map(probe));
  return (
    findings.find(({ state }) => state === 'answers') ??
    findings.find(({ state }) => state === 'denied') ??
    null
  );
}
