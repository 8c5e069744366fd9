import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import { apiPrefix, newestTestedApi } from './api-version';
import { callJson, callStream, callUpgrade } from './dial';
import { findImage, removeImage, tagImage } from '@/lib/engine/images/images';
import { readJsonLines } from './json-lines';
import { containerPath, imagePath } from './names';
import { engineAt, type FakeEngine, startFakeEngine } from '@/lib/engine/testing/fake-engine';

let fake: FakeEngine;
let engine: Engine;
beforeEach(async () => {
  fake = await startFakeEngine();
  engine = fake.handle;
});
afterEach(() => {
  vi.unstubAllEnvs();
  return fake.close();
});

const failure = async (work: Promise<unknown>): Promise<AppError> => {
  const error = await work.then(
    () => new Error('no error'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
};

const hostile = [
  'x/../../plugins/pull?remote=y',
  '%2e%2e%2f',
  'abc?all=1',
  'abc#',
  'abc%00',
  'abc\r\nHost: x',
  'a'.repeat(10_000),
  'ünïcode',
  '',
  '.',
  '..',
  'a//b',
  '/a',
  'a b',
];

test.each(hostile)('a hostile name %j is refused before the engine hears of it', async (name) => {
  expect((await failure(findImage(engine, name))).code).toBe('invalid_input');
  expect((await failure(removeImage(engine, name, { force: true }))).code).toBe('invalid_input');
  expect((await failure(tagImage(engine, 'sha256:0123456789ab', name))).code).toBe('invalid_input');
  expect(() => containerPath(name)).toThrow(AppError);
  expect(fake.seen).toEqual([]);
});

test('a path that was not built with names.ts is refused as well', async () => {
  for (const path of ['/images/../plugins', '/images/a?x=1', '/images//json', 'images', '/a%2fb', '/a/./b']) {
    expect((await failure(callJson(engine, { path }))).code).toBe('invalid_input');
  }
  expect(fake.seen).toEqual([]);
});

test('ids and references become encoded paths', () => {
  expect(imagePath('sha256:0123456789ab')).toBe('sha256%3A0123456789ab');
  expect(imagePath('registry-host:5000/my/site:1.2')).toBe('registry-host%3A5000/my/site%3A1.2');
  expect(imagePath('docker.io/library/httpd')).toBe('httpd');
});

test('the query carries arrays as repeated keys and leaves undefined out', async () => {
  await callJson(engine, {
    path: '/build',
    method: 'POST',
    query: { t: ['a', 'b'], q: undefined, rm: true },
  });
  expect(fake.seen).toEqual(['POST /build?t=a&t=b&rm=true']);
});

test('the engine is asked in its own API version, or in the newest one that is tested', async () => {
  expect(apiPrefix('1.41')).toBe('/v1.41');
  expect(apiPrefix('1.9')).toBe('/v1.9');
  expect(apiPrefix('1.99')).toBe(`/v${newestTestedApi}`);
  expect(apiPrefix('2.0')).toBe(`/v${newestTestedApi}`);
  expect([apiPrefix(undefined), apiPrefix('x')]).toEqual(['', '']);
});

test('an upgrade without a body announces an empty one, and none in chunks', async () => {
  const seen: http.IncomingHttpHeaders[] = [];
  const server = http.createServer((_request, response) => response.end());
  server.on('upgrade', (request, socket) => {
    seen.push(request.headers);
    socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stream = await callUpgrade(engineAt(`tcp://127.0.0.1:${port}`), { method: 'POST', path: '/x' });
  stream.destroy();
  server.close();
  expect(seen).toMatchObject([{ 'content-length': '0' }]);
  expect(seen[0]).not.toHaveProperty('transfer-encoding');
});

test('statuses become codes, in the words of the engine', async () => {
  const says = (status: number, body: string) => {
    fake.answer = (_request, response) => response.writeHead(status).end(body);
  };
  says(404, '{"message":"No such image: x:1"}');
  expect(await failure(callJson(engine, { path: '/x' }))).toMatchObject({
    code: 'not_found',
    message: 'No such image: x:1.',
  });
  says(409, '{"message":"conflict: unable to remove"}');
  expect((await failure(callJson(engine, { path: '/x' }))).code).toBe('conflict');
  says(500, '{"message":"write /var: no space left on device"}');
  expect((await failure(callStream(engine, { path: '/x' }))).code).toBe('engine_full');
  says(500, 'plain words');
  expect(await failure(callStream(engine, { path: '/x' }))).toMatchObject({
    code: 'engine_rejected',
    message: 'Plain words.',
  });
  says(200, '{broken');
  expect(await failure(callJson(engine, { path: '/x' }))).toMatchObject({
    code: 'engine_rejected',
    message: 'The engine sent an unreadable response.',
  });
});

test('an engine that does not answer is told apart by the time it takes', async () => {
  fake.answer = () => {};
  const error = await failure(callJson(engine, { path: '/x', timeoutMs: 50 }));
  expect(error).toMatchObject({ code: 'engine_unreachable', message: 'The engine does not answer in time.' });
});

test('an aborted call is cancelled, before and after it was sent', async () => {
  fake.answer = () => {};
  expect((await failure(callJson(engine, { path: '/x', signal: AbortSignal.abort() }))).code).toBe(
    'cancelled',
  );
  const stop = new AbortController();
  const call = callStream(engine, { path: '/x', signal: stop.signal });
  setTimeout(() => stop.abort(), 20);
  expect((await failure(call)).code).toBe('cancelled');
});

test('a connection that breaks in the middle of a stream throws', async () => {
  fake.answer = (_request, response) => {
    response.write('{"stream":"a"}\n');
    setTimeout(() => response.destroy(), 20);
  };
  const records: unknown[] = [];
  const stream = await callStream(engine, { path: '/x' });
  await expect(
    (async () => {
      for await (const record of readJsonLines(stream)) records.push(record);
    })(),
  ).rejects.toThrow();
  expect(records).toEqual([{ stream: 'a' }]);
});

test('an address without an engine says so, with what to do', async () => {
  engine = engineAt('unix:///nowhere/docker.sock');
  expect(await failure(callJson(engine, { path: '/x' }))).toMatchObject({
    code: 'engine_unreachable',
    message: 'There is no engine at unix:///nowhere/docker.sock.',
  });
  engine = engineAt('tcp://127.0.0.1:1');
  expect(await failure(callJson(engine, { path: '/x' }))).toMatchObject({
    code: 'engine_unreachable',
    message: 'Connection refused by tcp://127.0.0.1:1.',
  });
  engine = engineAt('nonsense');
  expect((await failure(callJson(engine, { path: '/x' }))).code).toBe('engine_unreachable');
});

test("the docker command's own variables do not get in the way", async () => {
  vi.stubEnv('DOCKER_HOST', 'tcp://wrong.invalid:1');
  vi.stubEnv('DOCKER_CERT_PATH', '/nowhere');
  await callJson(engine, { path: '/x' });
  expect(fake.seen).toEqual(['GET /x']);
  expect(process.env.DOCKER_HOST).toBe('tcp://wrong.invalid:1');
});

test('TLS that the other side does not speak is told as such', async () => {
  vi.stubEnv('DOCKER_TLS_VERIFY', '1');
  expect(await failure(callJson(engine, { path: '/x' }))).toMatchObject({
    code: 'engine_unreachable',
    message: expect.stringMatching(/^The TLS connection/) as string,
  });
});
