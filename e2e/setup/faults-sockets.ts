import { chmodSync, rmSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { newDirectory } from './environment';

/** A socket that a test connects to different engines, or to none. */
interface EngineSocket {
  address: string;
  /** Listens, with permissions that deny access. */
  deny(): Promise<void>;
  /** An engine of 2017. */
  putOld(): Promise<void>;
  /** The engine at another socket. */
  put(address: string): Promise<void>;
  /** Does not exist. */
  remove(): Promise<void>;
}

/** Docker 17.06. */
const oldAnswers: Record<string, unknown> = {
  '/_ping': 'OK',
  '/version': { Version: '17.06.2-ce', ApiVersion: '1.30', Os: 'linux', Arch: 'amd64' },
  '/info': { Driver: 'aufs', DockerRootDir: '/var/lib/docker', NCPU: 2, MemTotal: 2 ** 31 },
};

function oldEngine(): http.Server {
  return http.createServer(({ url = '' }, response) => {
    const answer = oldAnswers[url.replace(/^\/v[\d.]+/, '')];
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? { message: 'page not found' }));
  });
}

function throughTo(socketPath: string): net.Server {
  return net.createServer((near) => {
    const far = net.connect(socketPath);
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
}

export function makeEngineSocket(): EngineSocket {
  const file = path.join(newDirectory('socket'), 'docker.sock');
  let server: net.Server | null = null;
  const sockets = new Set<net.Socket>();

  async function remove() {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    server = null;
    rmSync(file, { force: true });
  }

  async function place(next: net.Server) {
    await remove();
    server = next;
    next.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => next.listen(file, resolve));
  }

  return {
    address: `unix://${file}`,
    async deny() {
      await place(net.createServer((socket) => socket.end()));
      chmodSync(file, 0);
    },
    putOld: () => place(oldEngine()),
    put: (address) => place(throughTo(address.slice('unix://'.length))),
    remove,
  };
}
