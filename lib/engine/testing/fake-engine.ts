import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { vi } from 'vitest';

/** An engine of which a test says what it answers. */
export interface FakeEngine {
  /** `METHOD /path?query` of every request, in order. */
  seen: string[];
  answer: http.RequestListener;
  close: () => Promise<void>;
}

/** Makes the door use the engine at this address, as if the process had just started. */
export function connectTo(address: string): void {
  vi.stubEnv('LAYERWRIGHT_ENGINE', address);
  const kept = (globalThis as { __layerwright?: Map<string, unknown> }).__layerwright;
  for (const name of ['env', 'docker-client', 'engine-facts']) kept?.delete(name);
}

/** Starts it and makes the door use it. Sessions are accepted and say nothing. */
export async function startFakeEngine(): Promise<FakeEngine> {
  const sockets = new Set<Duplex>();
  const fake: FakeEngine = {
    seen: [],
    answer: (_request, response) => response.end('{}'),
    async close() {
      vi.unstubAllEnvs();
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
  const server = http.createServer((request, response) => {
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
  connectTo(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return fake;
}
