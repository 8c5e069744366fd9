import http, { type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where commands of a build wait for the test, so that a test says when a step goes on, and no clock does. */
export interface Gates {
  /** Fetches from the gate, which answers once it is open. For builds with network mode `host`. */
  url(name: string): string;
  /** Resolves when somebody waits at the gate, or has passed it. */
  reached(name: string): Promise<void>;
  /** Opens for who waits and for who comes later. */
  open(name: string): void;
  /** The names in the order in which they were first asked for. */
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
