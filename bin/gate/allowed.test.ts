import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllowed } from './allowed.js';
import { post, sendRaw, startGate, startRecorder } from './testing';

test('without a word nothing is allowed', () => {
  expect(parseAllowed('')).toEqual({ network: false, profiles: false, enter: false, binds: [] });
  expect(parseAllowed('network, bind:/srv/data,bind:/srv/data2')).toEqual({
    network: true,
    profiles: false,
    enter: false,
    binds: ['/srv/data', '/srv/data2'],
  });
});

test('what is allowed is said with the answer to a ping, and by the gate only', async () => {
  const engine = await startRecorder((response) => {
    response.setHeader('Layerwright-Gate', '{"network":true}');
    response.end('OK');
  });
  const gate = await startGate(engine.address, 'enter,bind:/srv/ü');
  const said = async (target: string) => {
    const answer = await sendRaw(gate.address, `GET ${target} HTTP/1.0\r\n\r\n`);
    return /^layerwright-gate: (.*)\r$/im.exec(answer)?.[1];
  };
  expect(JSON.parse((await said('/v1.41/_ping')) ?? '')).toEqual(parseAllowed('enter,bind:/srv/ü'));
  expect(await said('/info')).toBeUndefined();
  await gate.close();
  engine.close();
});

test.each([
  ['everything', 'everything is not one of network, profiles, enter and bind:/folder'],
  ['bind:', 'is not an absolute path'],
  ['bind:srv', 'is not an absolute path'],
  ['bind:/srv/../etc', 'is not an absolute path'],
  ['bind:/srv/', 'is not an absolute path'],
  ['bind:/srv:ro', 'has a colon'],
  ['bind:/srv,bind:/srv/data', 'bind:/srv/data is inside bind:/srv'],
])('%s is an error', (list, message) => expect(() => parseAllowed(list)).toThrow(message));

describe('a gate that allows the network, profiles and a folder', () => {
  let engine: Awaited<ReturnType<typeof startRecorder>>;
  let gate: Awaited<ReturnType<typeof startGate>>;
  beforeAll(async () => {
    engine = await startRecorder();
    gate = await startGate(engine.address, 'network,profiles,bind:/srv/data');
  });
  afterAll(async () => {
    await gate.close();
    engine.close();
  });
  const status = async (host: object) =>
    (await post(gate.address, '/containers/create', JSON.stringify({ HostConfig: host }))).status;

  test.each([
    { Binds: ['/srv/data:/x'] },
    { Binds: ['/srv/data:/x:ro', 'volume:/y'] },
    { NetworkMode: 'host' },
    { NetworkMode: 'container:abc' },
    { SecurityOpt: ['seccomp=unconfined', 'apparmor=mine', 'label=type:my_t'] },
  ])('lets %j through', async (host) => expect(await status(host)).toBe(200));

  test.each([
    { Binds: ['/srv/data/below:/x'] },
    { Binds: ['/srv/data/:/x'] },
    { Binds: ['/srv/data/../../etc:/x'] },
    { Binds: ['/srv:/x'] },
    { Binds: ['/srv/data:/x:rw,shared'] },
    { Binds: ['/srv/data:/x', '/etc:/y'] },
    { SecurityOpt: ['seccomp={"defaultAction":"SCMP_ACT_ALLOW"}'] },
    { SecurityOpt: ['label=disable'] },
    { SecurityOpt: ['systempaths=unconfined'] },
    { Privileged: true },
    { PidMode: 'host' },
  ])('refuses %j', async (host) => expect(await status(host)).toBe(403));

  test('lets a build use the network of the host', async () => {
    const { status } = await post(gate.address, '/build?networkmode=host&extrahosts=h:host-gateway', '');
    expect(status).toBe(200);
    expect(engine.seen.at(-1)).toBe('POST /build?networkmode=host&extrahosts=h%3Ahost-gateway');
  });
});
