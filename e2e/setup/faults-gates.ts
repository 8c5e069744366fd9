import http, { type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Gates at which commands of a build wait, so that the test decides when a step continues, without timing. */
export interface Gates {
  /** A command that waits for the gate. For builds with network mode `host`. */
  url(name: string): string;
  /** Resolves when a command waits at the gate or has passed it. */
  reached(name: string): Promise<void>;
  /** Opens for current and later requests. */
  open(name: string): void;
  /** Names in order of first request. */
  order(): string[];
  close(): Promise<void>;
}

interface Gate {
  waiting: ServerResponse[];
  isOpen: boolean;
  reached: Promise<void>;
  arrive: () => void;
}

function newGate(): Gate {
  let arrive = () => {};
  const reached = new Promise<void>((resolve) => (arrive = resolve));
  return { waiting: [], isOpen: false, reached, arrive };
}

export async function openGates(): Promise<Gates> {
  const gates = new Map<string, Gate>();
  const order: string[] = [];
  const gateOf = (name: string): Gate => {
    const gate = gates.get(name) ?? newGate();
    gates.set(name, gate);
    return gate;
  };
  const server = http.createServer((request, response) => {
    const name = (request.url ?? '/').slice(1);
    const gate = gateOf(name);
    if (!order.includes(name)) order.push(name);
    gate.arrive();
    if (gate.isOpen) response.end();
    else gate.waiting.push(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: (name) => `http://127.0.0.1:${port}/${name}`,
    reached: (name) => gateOf(name).reached,
    open(name) {
      const gate = gateOf(name);
      gate.isOpen = true;
      for (const response of gate.waiting.splice(0)) response.end();
    },
    order: () => [...order],
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
