// @ts-check
import { chmodSync, chownSync, lstatSync, rmSync } from 'node:fs';

/** A socket that a former process has left; anything else stays. @param {string} file */
function removeStale(file) {
  if (lstatSync(file, { throwIfNoEntry: false })?.isSocket()) rmSync(file);
}

/**
 * @param {import('node:http').Server} server
 * @param {string} address `unix:///path` or `tcp://host:port`
 * @param {{ user?: number, group?: number }} [who] may connect to the socket: this user alone, or a group
 */
export async function listen(server, address, { user, group } = {}) {
  const file = address.startsWith('unix:///') ? address.slice('unix://'.length) : null;
  if (file === null && !address.startsWith('tcp://'))
    throw new Error(`${address} is not unix:///path or tcp://host:port.`);
  if (file !== null) removeStale(file);
  const { hostname, port } = file === null ? new URL(address) : { hostname: '', port: '' };
  const former = process.umask(0o177); // until the modes below are set, nobody else may connect
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    const where =
      file === null ? { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) } : { path: file };
    server.listen(where, () => resolve(null));
  });
  process.umask(former);
  if (file === null) return;
  const [ownUser, ownGroup] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  if (user !== undefined) return chownSync(file, user, ownGroup); // its mode is for the owner alone
  if (group !== undefined) chownSync(file, ownUser, group);
  chmodSync(file, 0o660);
}
