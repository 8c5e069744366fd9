import { chmodSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { formatAllowed } from '@/bin/gate/allowed.js';
import { type Engine, makeEngine } from '@/lib/engine/engine';
import { connectionError } from '@/lib/engine/wire/errors';
import { engineFacts, engineStatus } from './status';
import { makeDirectory, removeDirectories } from '@/lib/engine/testing/directory';
import { engineAt, type FakeEngine, startFakeEngine } from '@/lib/engine/testing/fake-engine';

let fake: FakeEngine;
let engine: Engine;
let version: Record<string, unknown>;
let info: Record<string, unknown>;
let ping: Record<string, string>;

beforeEach(async () => {
  version = {
    Version: '28.5.2',
    ApiVersion: '1.51',
    Os: 'linux',
    Arch: 'amd64',
    KernelVersion: '6.1',
    Surprise: 1,
    Components: [{ Name: 'Engine' }, { Name: 'runc', Version: '1.3.0' }],
  };
  info = {
    SecurityOptions: ['name=seccomp,profile=default', 'name=cgroupns'],
    Driver: 'overlay2',
    DriverStatus: [
      ['Backing Filesystem', 'extfs'],
      ['Supports d_type', 'true'],
    ],
    LoggingDriver: 'json-file',
    DockerRootDir: '/var/lib/docker',
    NCPU: 4,
    MemTotal: 8_000_000_000,
    Warnings: ['WARNING: no swap'],
  };
  ping = { 'Api-Version': '1.51' };
  fake = await startFakeEngine();
  engine = fake.handle;
  fake.answer = (request, response) => {
    const body = { '/version': version, '/info': info }[request.url!];
    if (body) response.end(JSON.stringify(body));
    else response.writeHead(200, ping).end('OK');
  };
});
afterEach(() => fake.close());
afterAll(removeDirectories);

test('an engine that answers is ready, with what it is', async () => {
  expect(await engineStatus(engine)).toEqual({
    state: 'ready',
    engine: {
      address: expect.stringMatching(/^tcp:/) as string,
      product: 'docker',
      version: '28.5.2',
      apiVersion: '1.51',
      os: 'linux',
      arch: 'amd64',
      kernel: '6.1',
      store: 'graphdriver',
      storageDriver: 'overlay2',
      dataRoot: '/var/lib/docker',
      backingFileSystem: 'extfs',
      dType: true,
      logDriver: 'json-file',
      isolation: ['seccomp (default)', 'cgroupns'],
      rootless: false,
      gate: null,
      runc: '1.3.0',
      cpus: 4,
      memory: 8_000_000_000,
      warnings: ['WARNING: no swap'],
    },
  });
});

test('what its gate lets through is read from the gate only', async () => {
  const gate = { network: true, profiles: false, enter: false, binds: ['/srv/ü'] };
  ping['Layerwright-Gate'] = formatAllowed(gate);
  expect((await engineFacts(engine)).gate).toBeNull();
  const behind = makeEngine({ id: 'behind', address: 'unix:///engine.sock', gate: engine.address });
  expect((await engineFacts(behind)).gate).toEqual(gate);
});

test('the containerd store and Podman are told by what they say of themselves', async () => {
  info.DriverStatus = [['driver-type', 'io.containerd.snapshotter.v1']];
  ping = { 'Libpod-Api-Version': '5.4.2' };
  version.ApiVersion = '1.41';
  expect(await engineStatus(engine)).toMatchObject({
    engine: { product: 'podman', store: 'containerd' },
  });
});

test('facts are kept for a few seconds, and asked for once at a time', async () => {
  await Promise.all([engineFacts(engine), engineFacts(engine), engineStatus(engine)]);
  await engineFacts(engine);
  expect(fake.seen.filter((request) => request.includes('/version'))).toHaveLength(1);
});

test('an engine that is too old says what is needed', async () => {
  version.ApiVersion = '1.40';
  expect(await engineStatus(engine)).toMatchObject({
    state: 'too_old',
    hint: 'Install Docker Engine 20.10 or newer.',
  });
  await expect(engineFacts(engine)).rejects.toMatchObject({ code: 'engine_rejected' });
});

test('an engine that takes the call and says nothing is stalled', async () => {
  fake.answer = () => {};
  expect(await engineStatus(engine)).toMatchObject({
    state: 'stalled',
    message: 'The engine does not answer in time.',
  });
}, 10_000);

test('what is no engine is away, in words', async () => {
  fake.answer = (_request, response) => response.end('<html>');
  expect(await engineStatus(engine)).toMatchObject({
    state: 'away',
    message: 'The engine sent an unreadable response.',
  });
});

test('a missing socket, a stale one, and a wrong address are away, each with what to do', async () => {
  const directory = makeDirectory({});
  const socket = path.join(directory, 'docker.sock');
  engine = engineAt(`unix://${socket}`);
  expect(await engineStatus(engine)).toMatchObject({
    state: 'away',
    message: `There is no engine at unix://${socket}.`,
  });

  const server = createServer().listen(socket);
  await once(server, 'listening');
  // As after an engine was killed: the file exists, and nothing listens.
  const stale = path.join(directory, 'stale.sock');
  (await import('node:fs')).renameSync(socket, stale);
  server.close();
  engine = engineAt(`unix://${stale}`);
  expect(await engineStatus(engine)).toMatchObject({
    state: 'away',
    hint: expect.stringContaining('mount its folder') as string,
  });

  engine = engineAt('nonsense');
  expect(await engineStatus(engine)).toMatchObject({
    state: 'away',
    message: '"nonsense" is not an address of a Docker Engine.',
  });
});

// File permissions do not stop a test that runs as root, so the error is made here.
test('a refused permission names the socket, its group, and the way in', async () => {
  const error = Object.assign(new Error('connect EACCES'), { code: 'EACCES' });
  expect(connectionError(error, 'unix:///var/run/docker.sock')).toMatchObject({
    code: 'engine_denied',
    message: 'Permission denied on /var/run/docker.sock.',
  });
  if (process.getuid?.() === 0) return;
  const socket = path.join(makeDirectory({}), 'docker.sock');
  const server = createServer().listen(socket);
  await once(server, 'listening');
  chmodSync(socket, 0);
  engine = engineAt(`unix://${socket}`);
  expect(await engineStatus(engine)).toMatchObject({
    state: 'denied',
    hint: expect.stringContaining(`gid ${process.getgid?.()}`) as string,
  });
  server.close();
});
