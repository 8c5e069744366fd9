// @ts-check
import net from 'node:net';

/**
 * Why nothing can listen on the port (`EADDRINUSE`, `EACCES`, …); null if it can.
 * @param {string} host @param {number} port
 */
export function portObstacle(host, port) {
  return new Promise((/** @type {(code: string | null) => void} */ resolve) => {
    const server = net.createServer();
    server.once('error', (error) =>
      resolve(/** @type {NodeJS.ErrnoException} */ (error).code ?? error.message),
    );
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

/** The first free port, starting at `first`. @param {string} host @param {number} first @returns {Promise<number>} */
export async function nextFreePort(host, first) {
  for (let port = first; port < Math.min(first + 100, 65_536); port++) {
    if ((await portObstacle(host, port)) === null) return port;
  }
  throw new Error(`No free port on ${host} from ${first} on.`);
}

/** A free port, chosen by the system. @param {string} [host] @returns {Promise<number>} */
export function anyFreePort(host = '127.0.0.1') {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen({ host, port: 0 }, () => {
      const address = /** @type {net.AddressInfo} */ (server.address());
      server.close(() => resolve(address.port));
    });
  });
}
