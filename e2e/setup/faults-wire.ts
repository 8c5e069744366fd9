import { once } from 'node:events';
import http, { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Crossing {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
}

/** A pause in the traffic. */
interface Hold {
  /** Resolves when the first request has reached it. */
  reached: Promise<void>;
  release(): void;
}

/** A proxy between the engine and a registry that sees all requests and can hold or break them. */
export interface Wire {
  host: string;
  crossings: Crossing[];
  /** Holds matching requests (`PUT /v2/…`): before they reach the registry, or before the response is returned. */
  hold(pattern: RegExp, side?: 'request' | 'answer'): Hold;
  /** Closes all connections and accepts no new ones, like a crashed registry. */
  break(): Promise<void>;
  /** Accepts connections again, at the same address. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

interface Gate {
  pattern: RegExp;
  side: 'request' | 'answer';
  opened: Promise<void>;
  arrive: () => void;
}

const wordsOf = ({ method, url }: IncomingMessage) => `${method} ${url}`;

export async function openWire(registry: string): Promise<Wire> {
  const [hostname, registryPort] = registry.split(':');
  const crossings: Crossing[] = [];
  let gates: Gate[] = [];

  async function wait(request: IncomingMessage, side: Gate['side']) {
    for (const gate of gates.filter((each) => each.side === side && each.pattern.test(wordsOf(request)))) {
      gate.arrive();
      await gate.opened;
    }
  }

  async function cross(request: IncomingMessage, response: ServerResponse) {
    const { method = '', url = '', headers } = request;
    crossings.push({ method, url, headers });
    await wait(request, 'request');
    if (response.destroyed) return;
    // Host is kept: the registry builds its upload URLs from it.
    const onward = http.request({ hostname, port: registryPort, method, path: url, headers, agent: false });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
    const [answer] = (await once(onward, 'response')) as [IncomingMessage];
    await wait(request, 'answer');
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(response);
  }

  const server = http.createServer((request, response) => {
    // Any failure is a broken connection for the engine.
    cross(request, response).catch(() => response.destroy());
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });

  return {
    host: `127.0.0.1:${port}`,
    crossings,
    hold(pattern, side = 'request') {
      let release = () => {};
      let arrive = () => {};
      const opened = new Promise<void>((resolve) => (release = resolve));
      const reached = new Promise<void>((resolve) => (arrive = resolve));
      const gate = { pattern, side, opened, arrive };
      gates.push(gate);
      return {
        reached,
        release() {
          gates = gates.filter((each) => each !== gate);
          release();
        },
      };
    },
    break: stop,
    mend: () => listen(port),
    close: () => (server.listening ? stop() : Promise.resolve()),
  };
}
