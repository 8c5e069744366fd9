import { once } from 'node:events';
import http from 'node:http';
import type net from 'node:net';

/** The engine's id of the container `plain`; the gate puts it in place of the name. */
const plainId = 'a'.repeat(64);

/** What the gate asks before it decides. `reaching`, `shared` and `disk` hand over the host. */
const answers: Record<string, unknown> = {
  '/containers/plain/json': { Id: plainId, HostConfig: { NetworkMode: 'bridge' } },
  [`/containers/${plainId}/json`]: { Id: plainId, HostConfig: { NetworkMode: 'bridge' } },
  '/containers/reaching/json': { Id: 'b'.repeat(64), HostConfig: { Privileged: true } },
  '/exec/plainexec/json': { ContainerID: plainId },
  '/exec/reachingexec/json': { ContainerID: 'reaching' },
  '/networks/own': { Driver: 'bridge' },
  '/networks/shared': { Driver: 'host' },
  '/volumes/data': { Driver: 'local' },
  '/volumes/disk': { Driver: 'local', Options: { type: 'none', o: 'bind', device: '/' } },
};

/** What arrived on one connection. */
interface Arrived {
  bytes: Buffer;
  /** The engine agreed to a connection of bytes. */
  upgraded: boolean;
}

/** An engine that keeps the bytes of each connection. */
export async function startUpstream() {
  const arrived = new Map<net.Socket, Arrived>();
  const open = new Set<net.Socket>();
  const server = http.createServer((request, response) => {
    const known = answers[request.url ?? ''];
    const missing = /^\/(networks|volumes|exec)\//.test(request.url ?? '') && request.method === 'GET';
    request.resume().on('end', () => {
      response.writeHead(known || !missing ? 200 : 404, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(known ?? {}));
    });
  });
  server.on('connection', (socket: net.Socket) => {
    const record: Arrived = { bytes: Buffer.alloc(0), upgraded: false };
    arrived.set(socket, record);
    open.add(socket);
    socket.on('data', (part) => (record.bytes = Buffer.concat([record.bytes, part])));
    socket.on('error', () => undefined); // the gate ends it when its client is gone
    socket.on('close', () => open.delete(socket));
  });
  server.on('upgrade', (request, socket) => {
    socket.resume(); // Node pauses it
    const agrees = !request.url?.includes('/session');
    arrived.get(socket as net.Socket)!.upgraded = agrees;
    socket.end(
      agrees
        ? 'HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n'
        : 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}',
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `tcp://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    arrived: () => [...arrived.values()].filter(({ bytes }) => bytes.length > 0),
    openConnections: () => open.size,
    close: () => server.close(),
  };
}
