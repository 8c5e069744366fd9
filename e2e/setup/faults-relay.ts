import net from 'node:net';
import type { AddressInfo } from 'node:net';

/** The network between a browser and a server, which can be cut and restored. */
export interface Relay {
  url: string;
  host: string;
  /** The target. */
  to(url: string): void;
  /** Closes all connections; new ones are closed immediately. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function openRelay(): Promise<Relay> {
  let target = { host: '127.0.0.1', port: 0 };
  let isCut = false;
  const sockets = new Set<net.Socket>();
  const keep = (socket: net.Socket, other: net.Socket) => {
    sockets.add(socket);
    socket.on('error', () => other.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      other.destroy();
    });
  };
  const server = net.createServer((near) => {
    if (isCut) return void near.destroy();
    const far = net.connect(target);
    keep(near, far);
    keep(far, near);
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}`,
    to(url) {
      const { hostname, port } = new URL(url);
      target = { host: hostname, port: Number(port) };
    },
    cut() {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      isCut = false;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
