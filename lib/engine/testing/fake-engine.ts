import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Engine, makeEngine } from '@/lib/engine/engine';

/** A handle with empty caches. */
export const engineAt = (address: string): Engine => makeEngine({ id: 'test', address });

/** An engine whose answers a test sets. */
export interface FakeEngine {
  handle: Engine;
  /** `METHOD /path?query` of every request, in order. */
  seen: string[];
  answer: http.RequestListener;
  close: () => Promise<void>;
}

/** Sessions are accepted and stay silent. */
export async function startFakeEngine(): Promise<FakeEngine> {
  const sockets = new Set<Duplex>();
  const server = http.createServer((request, response) => {
    if (request.method === 'HEAD' && request.url === '/_ping') return response.end(); // without an API version
    fake.seen.push(`${request.method} ${request.url}`);
    fake.answer(request, response);
  });
  server.on('upgrade', (request, socket) => {
    fake.seen.push(`${request.method} ${request.url}`);
    sockets.add(socket);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const fake: FakeEngine = {
    handle: engineAt(address),
    seen: [],
    answer: (_request, response) => response.end('{}'),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
  return fake;
}
