import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { callEngine } from '../docker-api.js';
import { parseAllowed } from './allowed.js';
import { openEngine } from './engine.js';
import { listen } from './listen.js';
import { createGate } from './server.js';

export const engineAddress = process.env.LAYERWRIGHT_TEST_ENGINE ?? '';

/** A gate in this process, before an engine. */
export async function startGate(engine: string, allow = '') {
  const directory = mkdtempSync(path.join(tmpdir(), 'layerwright-gate-'));
  const address = `unix://${directory}/engine.sock`;
  const lines: string[] = [];
  const judge = { engine: openEngine(engine), allowed: parseAllowed(allow) };
  const server = createGate(judge, (line) => lines.push(line));
  await listen(server, address);
  return {
    address,
    /** What it has logged. */
    lines,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      rmSync(directory, { recursive: true });
    },
  };
}

/** One call with a JSON body, of any text. */
export const post = (address: string, target: string, body: string) =>
  callEngine(address, target, {
    method: 'POST',
    type: 'application/json',
    ...(body && { body: Buffer.from(body) }),
    timeoutMs: 60_000,
  });

/** Sends bytes as they are, and returns everything that is answered until the connection ends or is silent. */
export async function sendRaw(address: string, bytes: string, silentMs = 1500): Promise<string> {
  const socket = net.connect(address.slice('unix://'.length));
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString('latin1')));
  socket.setTimeout(silentMs, () => socket.destroy());
  socket.on('error', () => undefined); // refused by an end of the connection
  socket.write(bytes, 'latin1');
  await new Promise((resolve) => socket.once('close', resolve));
  return text;
}

/** The engine's own word for a container. */
export async function inspect(id: string) {
  const { status, text } = await callEngine(engineAddress, `/containers/${id}/json`);
  return status === 200 ? (JSON.parse(text) as Record<string, unknown>) : null;
}

export const removeContainer = (id: string) =>
  callEngine(engineAddress, `/containers/${id}?force=1&v=1`, { method: 'DELETE', timeoutMs: 60_000 });

/** An engine that keeps what it is asked, for what must not arrive. */
export async function startRecorder(
  answer: (response: http.ServerResponse) => void = (response) => response.end('{}'),
) {
  const seen: string[] = [];
  const server = http.createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    request.resume().on('end', () => answer(response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  return { address: `tcp://127.0.0.1:${port}`, seen, close: () => server.close() };
}
