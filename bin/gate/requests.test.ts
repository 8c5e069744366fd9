import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendRaw, startGate, startRecorder } from './testing';

/** Requests that are no call of Layerwright, or not to be read in one way only. None may reach the engine. */
let engine: Awaited<ReturnType<typeof startRecorder>>;
let gate: Awaited<ReturnType<typeof startGate>>;
beforeAll(async () => {
  engine = await startRecorder();
  gate = await startGate(engine.address);
});
afterAll(async () => {
  await gate.close();
  engine.close();
});

const host = 'Host: x\r\nConnection: close\r\n';
const get = (target: string) => `GET ${target} HTTP/1.1\r\n${host}\r\n`;
const post = (target: string, body = '', more = '') =>
  `POST ${target} HTTP/1.1\r\n${host}${more}Content-Length: ${body.length}\r\n\r\n${body}`;

test.each([
  '/plugins',
  '/plugins/privileges?remote=x',
  '/swarm',
  '/services',
  '/secrets',
  '/configs',
  '/nodes',
  '/tasks',
  '/containers/x/top',
  '/containers/x/attach/ws?stream=1',
  '/volumes/x',
  '/networks/x',
  '/libpod/info',
  '/v5.0.0/libpod/info',
  '//info',
  '/./info',
  '/info/',
  '/x/../info',
  '/images/../containers/json',
  '/images/%2e%2e/containers/json',
  '/images/%2E./json',
  '/images/a%2f..%2fb/json',
  '/images/a%252fb/json',
  '/images/a%00b/json',
  '/images/a%/json',
  '/images/a%zz/json',
  '/images/a;b/json',
  '/images/a\\b/json',
  '/inf%6f/',
  '/INFO',
  '/v1.23/info',
  '/v1.9/info',
  '/v2.0/info',
  '/v1.41/v1.41/info',
  '/v1.41//info',
  '/v1.41.0/info',
  '/info?a?b',
  '/info#x',
  'http://engine/info',
  '*',
  'info',
  '/containers/.hidden/json',
  '/containers/a%2Fb/json',
])('GET %s does not pass', async (target) => {
  expect(await sendRaw(gate.address, get(target))).toMatch(/^HTTP\/1\.1 40[03] /);
  expect(engine.seen).toEqual([]);
});

test.each([
  ['a volume with options', post('/volumes/create', '{"DriverOpts":{"device":"/"}}')],
  ['a network', post('/networks/create', '{"Driver":"host"}')],
  ['a change of a container', post('/containers/x/update', '{"Devices":[]}')],
  ['a plugin', post('/plugins/pull?remote=x', '[]')],
  ['a swarm', post('/swarm/init', '{}')],
  ['a copy of the old API', post('/containers/x/copy', '{"Resource":"/etc"}')],
  ['BuildKit itself', post('/grpc', '', 'Upgrade: h2c\r\n')],
  ['a configuration with the start', post('/containers/x/start', '{"Privileged":true}')],
  ['a build in the network of the host', post('/build?networkmode=host')],
  ['a build, the second of two networks', post('/build?networkmode=none&networkmode=host')],
  ['a build in the network of a container', post('/build?networkmode=container:x')],
  ['a build from an address', post('/build?remote=http://169.254.169.254/')],
  ['a build that names the host', post('/build?extrahosts=h:host-gateway')],
  ['a build that names the host, as Podman reads it', post('/build?extrahosts=%5B%22h:Host-Gateway%22%5D')],
  ['a frontend by argument', post('/build?buildargs=%7B%22BUILDKIT_SYNTAX%22:%22evil%22%7D')],
  [
    'a frontend by an escaped argument',
    post('/build?buildargs=%7B%22BUILDKIT_SYNTA%5Cu0058%22:%22evil%22%7D'),
  ],
  ['a parent of control groups', post('/build?cgroupparent=/x')],
  ['options of security', post('/build?securityopt=seccomp%3Dunconfined')],
  ['an output of BuildKit', post('/build?outputs=%5B%7B%22Type%22:%22local%22%7D%5D')],
  ['an unknown parameter', post('/build?Networkmode=host')],
  ['an import from an address', post('/images/create?fromSrc=http://169.254.169.254/')],
  ['a session with other methods', post('/session', '', 'X-Docker-Expose-Session-Grpc-Method: /x.y/Z\r\n')],
  ['a body with GET', `GET /info HTTP/1.1\r\n${host}Content-Length: 2\r\n\r\n{}`],
  ['another method', `TRACE /info HTTP/1.1\r\n${host}\r\n`],
  ['an override of the method', `PATCH /info HTTP/1.1\r\n${host}X-HTTP-Method-Override: GET\r\n\r\n`],
  ['a tunnel', `CONNECT engine:80 HTTP/1.1\r\n${host}\r\n`],
  ['two lengths', `POST /images/load HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`],
  [
    'a length and chunks',
    `POST /images/load HTTP/1.1\r\n${host}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  [
    'chunks of another name',
    `POST /images/load HTTP/1.1\r\n${host}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
  ],
  ['a space before the colon', `POST /images/load HTTP/1.1\r\n${host}Content-Length : 0\r\n\r\n`],
  ['a folded header', `GET /info HTTP/1.1\r\n${host}X: a\r\n b\r\n\r\n`],
  ['a bare line feed', `GET /info HTTP/1.1\nHost: x\nConnection: close\n\n`],
  [
    'an upgrade of another call',
    `GET /info HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n`,
  ],
  [
    'an upgrade to another protocol',
    `POST /containers/x/attach HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  ],
])('%s does not pass', async (_what, bytes) => {
  expect(await sendRaw(gate.address, bytes, 500)).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
  expect(engine.seen).toEqual([]);
});

test('a large body is refused before it is all read', async () => {
  const body = `{"Image":"${'x'.repeat(5 * 1024 * 1024)}"}`;
  expect(await sendRaw(gate.address, post('/containers/create', body), 5000)).toMatch(/^HTTP\/1\.1 413 /);
  expect(engine.seen).toEqual([]);
});

test('each of several requests on a connection is checked', async () => {
  engine.seen.length = 0;
  const kept = 'Host: x\r\n';
  const answers = await sendRaw(
    gate.address,
    `GET /info HTTP/1.1\r\n${kept}\r\nGET /plugins HTTP/1.1\r\n${kept}\r\nGET /version HTTP/1.1\r\n${kept}\r\n`,
    500,
  );
  expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 403']);
  expect(engine.seen).not.toContain('GET /plugins');
});

test('a request behind one that the engine does not upgrade never reaches it', async () => {
  engine.seen.length = 0;
  const smuggled = 'POST /plugins/pull?remote=x HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n';
  const headers = 'Host: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n';
  const method = 'X-Docker-Expose-Session-Grpc-Method: /grpc.health.v1.Health/Check\r\n';
  const answer = await sendRaw(
    gate.address,
    `POST /session HTTP/1.1\r\n${headers}${method}Content-Length: 0\r\n\r\n${smuggled}`,
    500,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(engine.seen).toEqual(['POST /session']);
});

test('what passes is encoded again', async () => {
  engine.seen.length = 0;
  await sendRaw(gate.address, get('/v1.41/images/a%2Db%3A1/json?x=%zz;y&x=1'));
  await sendRaw(gate.address, 'GET /info HTTP/1.0\r\n\r\n');
  expect(engine.seen).toEqual(['GET /v1.41/images/a-b%3A1/json?x=%25zz%3By&x=1', 'GET /info']);
});

test('an answer that breaks off does not look whole', async () => {
  const broken = await startRecorder((response) => {
    response.write('{"half":');
    setImmediate(() => response.destroy());
  });
  const other = await startGate(broken.address);
  const answer = await sendRaw(other.address, get('/info'));
  expect(answer).toContain('{"half":');
  expect(answer).not.toContain('\r\n0\r\n');
  await other.close();
  broken.close();
});
