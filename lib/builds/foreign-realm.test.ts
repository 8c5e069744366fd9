import http2 from 'node:http2';
import http from 'node:http';
import { mkdtempSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildError } from '@/lib/builders/errors';
import { classicBuilder } from '@/lib/builders/classic/build';
import { openSession } from '@/lib/builders/buildkit/session/session';
import { buildRequest } from '@/lib/builders/testing/request';
import { useTestDatabase } from '@/lib/db/test-database';
import { engineAt, type FakeEngine, startFakeEngine } from '@/lib/engine/testing/fake-engine';
import { engineLoginFor } from '@/lib/registries/credentials';
import { addRegistry } from '@/lib/registries/save';
import { startFake } from '@/lib/registry/test-server';
import { askRegistry } from './preflight/ask-registry';

const { db } = await useTestDatabase();
const words = 'which belongs to another domain. Nothing was sent there.';

let engine: FakeEngine;
let evil: Awaited<ReturnType<typeof startFake>>;
let registry: Awaited<ReturnType<typeof startFake>>;

beforeEach(async () => {
  evil = await startFake((_, response) => response.end('{"token":"x"}'));
  registry = await startFake((_, response) =>
    response.writeHead(401, { 'www-authenticate': `Bearer realm="http://localhost:${evil.port}/t"` }).end(),
  );
  const login = { username: 'me', password: 'canary-Pa+/55?' };
  await addRegistry({ name: '', host: registry.host, scheme: 'auto', ...login });
  engine = await startFakeEngine();
});
afterEach(async () => {
  expect(evil.seen).toEqual([]);
  expect(registry.seen.every(({ authorization }) => authorization === undefined)).toBe(true);
  await db.registry.deleteMany();
  await Promise.all([engine.close(), evil.stop(), registry.stop()]);
});

it('the check before a build does not ask the engine', async () => {
  const answer = await askRegistry(engine.handle, `${registry.host}/a:1`, registry.host);
  expect(answer).toMatchObject({ state: 'failed', message: expect.stringContaining(words) });
  expect(engine.seen).toEqual([]);
});

it('the classic builder sends no login', async () => {
  engine.answer = (_, response) => response.end('{"Version":"28","ApiVersion":"1.51","Os":"linux"}');
  const directory = mkdtempSync(path.join(os.tmpdir(), 'foreign-realm-'));
  writeFileSync(path.join(directory, 'Dockerfile'), `FROM ${registry.host}/a:1\n`);
  const request = buildRequest({ directory, builder: 'classic', credentials: engineLoginFor });
  const work = classicBuilder.build(engine.handle, request, new AbortController().signal);
  const toEnd = async () => {
    while (!(await work.next()).done);
  };
  await expect(toEnd()).rejects.toThrow(words);
  expect(engine.seen.filter((line) => line.includes('/build'))).toEqual([]);
});

/** What BuildKit gets when it asks for the login of a host. */
async function credentialsOverSession(host: string) {
  const server = http.createServer((_request, response) => response.end());
  const connected = new Promise<http2.ClientHttp2Session>((resolve) => {
    server.once('upgrade', (_request, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
      resolve(http2.connect('http://engine', { createConnection: () => socket }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const services = {
    sharedKey: 'k',
    credentials: engineLoginFor,
    secrets: new Map(),
    directories: new Map(),
  };
  const session = await openSession(engineAt(address), services);
  const client = await connected;
  const call = client.request({
    ':method': 'POST',
    ':path': '/moby.filesync.v1.Auth/Credentials',
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  let trailers: http2.IncomingHttpHeaders = {};
  call.on('trailers', (headers) => (trailers = headers));
  const message = Buffer.concat([Buffer.from([0x0a, host.length]), Buffer.from(host)]);
  call.end(Buffer.concat([Buffer.from([0, 0, 0, 0, message.length]), message]));
  const body: Buffer[] = [];
  for await (const chunk of call as AsyncIterable<Buffer>) body.push(chunk);
  session.close();
  client.destroy();
  server.closeAllConnections();
  server.close();
  return { body: Buffer.concat(body), trailers };
}

it('BuildKit gets no login when it asks for one', async () => {
  const { body, trailers } = await credentialsOverSession(registry.host);
  expect(body).toHaveLength(0);
  expect(trailers['grpc-status']).not.toBe('0');
  expect(decodeURIComponent(String(trailers['grpc-message']))).toContain(words);
});

it('the error of the build says why', async () => {
  const step = { name: `[internal] load metadata for ${registry.host}/a:1`, error: 'something' };
  const error = await buildError('failed to solve', step, engineLoginFor);
  expect(error).toMatchObject({ code: 'build_failed', message: expect.stringContaining(words) });
});
