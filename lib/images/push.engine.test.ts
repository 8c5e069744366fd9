import type { IncomingMessage } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { useTestDatabase } from '@/lib/db/test-database';
import { findImage, removeImage } from '@/lib/engine/images/images';
import { baseImage, describeEngine, engine } from '@/lib/engine/testing/real-engine';
import type { StoredEvent } from '@/lib/events/events';
import { emptyState, reduce } from '@/lib/events/state';
import { follow } from '@/lib/operations/follow';
import { stopRunner } from '@/lib/operations/runner';
import { addRegistry } from '@/lib/registries/save';
import { type Change, startBefore, startReal } from '@/lib/registry/test-server';
import { pushOperation, startPush } from './push';
import { recoverPush } from './recover-push';
import { wait } from './retry';
import { pushResult, type PushTarget } from './schema';

vi.mock('./retry', { spy: true });

const login = { user: 'me', password: 'canary-Pa+/55?' };
const user = { id: 'u', name: 'ada' };
const image = baseImage;
const { db } = await useTestDatabase();

async function push(target: PushTarget) {
  const id = await startPush(engine, { image, target }, user);
  const events: StoredEvent[] = [];
  for await (const batch of follow(id, 0, AbortSignal.timeout(60_000))) events.push(...batch);
  const { operation, input, result } = await pushOperation.get(id);
  given.push(input.reference);
  const log = events.map((event) => (event.type === 'log' ? event.text : '')).join('');
  return { operation, input, result, log, events, state: reduce(emptyState, events) };
}

const setsTag = ({ method, url }: IncomingMessage) => method === 'PUT' && url!.includes('/manifests/');
/** In pieces, or at once by Docker 29 with the containerd store. */
const sendsLayer = (request: IncomingMessage) =>
  request.method === 'PATCH' || (request.method === 'PUT' && !setsTag(request));
/** An engine that mounts the layer from another repository would send none. */
function withoutMount(request: IncomingMessage) {
  if (request.method === 'POST') request.url = request.url!.split('?')[0];
}

/** Names that these tests gave: other tests may have given the same image others, at the same time. */
const given: string[] = [];

async function takeBack() {
  for (const name of given.splice(0))
    if (await findImage(engine, name)) await removeImage(engine, name, { force: false });
}

afterAll(() => stopRunner());

describeEngine('a push to a real registry', () => {
  let real: Awaited<ReturnType<typeof startReal>>;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    real = await startReal();
  });
  afterEach(async () => {
    vi.mocked(wait).mockReset();
    await Promise.all(stops.splice(0).map((stop) => stop()));
    await db.registry.deleteMany();
    await takeBack();
  });
  afterAll(() => real.stop());

  const before = async (change: Change) => {
    const server = await startBefore(real.host, change);
    stops.push(server.stop);
    return server;
  };
  const quick = () => vi.mocked(wait).mockResolvedValue();

  it('tags, sends layer by layer, and is done when the registry answers the same digest', async () => {
    const registryId = await addRegistry({
      name: '',
      host: real.host,
      scheme: 'auto',
      username: '',
      password: '',
    });
    const target = { registryId, repository: 'myadmin/mysite', tag: '1' };
    const { operation, state, result, input } = await push(target);
    expect(operation).toMatchObject({ status: 'succeeded', title: `Push ${real.host}/myadmin/mysite:1` });
    expect(state.steps.map(({ id, error }) => [id, error])).toEqual([
      ['tag', undefined],
      ['push', undefined],
      ['verify', undefined],
    ]);
    expect(state.steps[1]!.progress.map((bar) => bar.state)).toEqual(['done']);
    const { digest } = pushResult.parse(result);
    expect(result).toMatchObject({ reference: `${real.host}/myadmin/mysite:1`, verifiedBy: 'registry' });
    expect((await findImage(engine, image))!.digests).toContain(`${real.host}/myadmin/mysite@${digest}`);
    expect(input).toMatchObject({
      name: 'layerwright-test-base',
      reference: `${real.host}/myadmin/mysite:1`,
    });

    const byId = await startPush(engine, { image: (await findImage(engine, image))!.id, target }, user);
    expect((await pushOperation.get(byId)).input.name).toBe('layerwright-test-base');
    for await (const _ of follow(byId, 0, AbortSignal.timeout(60_000)));

    const again = await push(target);
    expect(again.state.steps[1]!.progress.map((bar) => bar.state)).toEqual(['exists']);
    expect(again.result).toEqual(result);
    expect(again.log).toContain('The image already has this tag.');
    expect(await recoverPush(input)).toMatchObject({
      succeeded: true,
      result: { digest, verifiedBy: 'registry' },
    });
    const other = { ...input, reference: `${real.host}/myadmin/mysite:2` };
    expect(await recoverPush(other)).toMatchObject({
      succeeded: false,
      message: expect.stringContaining('has not got'),
    });
  });

  it('tries again when the registry is busy, and says so', async () => {
    quick();
    let failures = 2;
    const { host } = await before((request, response) => {
      if (!setsTag(request) || failures-- === 0) return false;
      response.writeHead(503).end('busy');
      return true;
    });
    const { operation, log, state } = await push({ reference: `${host}/a/busy:1` });
    expect(operation).toMatchObject({ status: 'succeeded', errorMessage: null });
    expect(log).toContain('Retry 1/5 in 5 s – registry answered 503\n');
    expect(state.steps.find(({ id }) => id === 'push')).toMatchObject({
      error: undefined,
      completed: expect.any(Number),
    });
    // Docker 29 has asked twice by itself before.
    expect(vi.mocked(wait).mock.calls.length).toBeGreaterThan(0);
  });

  it('gives up after five retries with what the registry said', async () => {
    quick();
    const { host } = await before((request, response) => {
      if (setsTag(request)) response.writeHead(500).end('broken');
      return setsTag(request);
    });
    const { operation, log } = await push({ reference: `${host}/a/broken:1` });
    expect(operation).toMatchObject({ status: 'failed', errorCode: 'registry_failed' });
    expect(operation.errorMessage).toContain('Given up after 5 retries.');
    expect(log.match(/Retry \d\/5/g)).toEqual([1, 2, 3, 4, 5].map((retry) => `Retry ${retry}/5`));
    expect(vi.mocked(wait).mock.calls.map(([seconds]) => seconds)).toEqual([5, 10, 15, 20, 20]);
  });

  it('waits as long as the registry asks, but not for a day', async () => {
    quick();
    let limited = true;
    let after = '7';
    const { host } = await before((request, response) => {
      if (!limited) return false;
      // The second to ask is this server, which wants to know for how long.
      if (!request.headers['user-agent']?.startsWith('docker')) limited = false;
      response.writeHead(429, { 'retry-after': after }).end();
      return true;
    });
    const { operation, log } = await push({ reference: `${host}/a/limited:1` });
    expect(operation.status).toBe('succeeded');
    expect(log).toContain('Retry 1/5 in 7 s – registry answered 429');
    limited = true;
    after = '86400';
    const refused = await push({ reference: `${host}/a/limited:2` });
    expect(refused.operation).toMatchObject({
      status: 'failed',
      errorMessage: expect.stringContaining('asks to retry in 24 h'),
    });
  });

  it('asks for a fresh token when the one of the push expires, and ends as done', async () => {
    quick();
    let given = 0;
    let uses = 0;
    const { host } = await before((request, response) => {
      if (request.url!.startsWith('/token')) {
        uses = 0;
        const token = `t${++given}`;
        response.end(JSON.stringify({ token, access_token: token }));
        return true;
      }
      const { authorization, 'user-agent': agent } = request.headers;
      // Six requests of a push of one layer and its configuration, which has ten.
      const isGood = authorization === `Bearer t${given}` && (!agent?.startsWith('docker') || ++uses <= 6);
      if (isGood) return false;
      const challenge = `Bearer realm="http://${request.headers.host}/token",service="s"`;
      const error = { errors: [{ code: 'UNAUTHORIZED', message: 'authentication required' }] };
      request.resume();
      response.writeHead(401, { 'www-authenticate': challenge }).end(JSON.stringify(error));
      return true;
    });
    await addRegistry({ name: '', host, scheme: 'auto', username: login.user, password: login.password });
    const { operation, log, result } = await push({ reference: `${host}/a/token:1` });
    expect(operation).toMatchObject({ status: 'succeeded', errorMessage: null });
    expect(log).toContain('token expired, a new one is asked for');
    expect(result).toMatchObject({ verifiedBy: 'registry' });
  });

  it('goes on after the connection was reset in the middle of a layer, and the registry has the same digest', async () => {
    quick();
    let resets = 0;
    const { host } = await before((request) => {
      withoutMount(request);
      if (!sendsLayer(request) || resets > 0) return false;
      resets++;
      request.once('data', () => request.socket.resetAndDestroy());
      return true;
    });
    const { operation, result } = await push({ reference: `${host}/a/reset:1` });
    expect(operation).toMatchObject({ status: 'succeeded' });
    expect(result).toMatchObject({ verifiedBy: 'registry' });
    expect(resets).toBe(1);
  });

  it('ends with the cause while the engine itself repeats a layer', async () => {
    const { host } = await before((request, response) => {
      withoutMount(request);
      if (!sendsLayer(request)) return false;
      request.resume();
      response.writeHead(507).end();
      return true;
    });
    const from = Date.now();
    const { operation } = await push({ reference: `${host}/a/full:1` });
    expect(operation).toMatchObject({ status: 'failed', errorCode: 'storage_full' });
    expect(operation.errorMessage).toContain(`The storage of ${host} is full (507).`);
    expect(Date.now() - from).toBeLessThan(15_000);
    expect(wait).not.toHaveBeenCalled();
  });

  it.each([400, 403, 404, 413, 507])('does not repeat what the registry decided with %i', async (status) => {
    quick();
    const { host } = await before((request, response) => {
      if (request.method !== 'POST' && request.method !== 'PUT') return false;
      response.writeHead(status).end('{"errors":[{"code":"DENIED","message":"quota"}]}');
      return true;
    });
    const { operation } = await push({ reference: `${host}/decided/s${status}:1` });
    expect(operation.status).toBe('failed');
    expect(wait).not.toHaveBeenCalled();
  });

  it('is not pushed when the tag has another digest, and both are named', async () => {
    const other = `sha256:${'0'.repeat(64)}`;
    const { host } = await before((request, response) => {
      const ours = request.method === 'HEAD' && request.headers['user-agent'] === 'layerwright';
      if (ours) response.writeHead(200, { 'docker-content-digest': other }).end();
      return ours;
    });
    const { operation, result } = await push({ reference: `${host}/a/moved:1` });
    expect(operation).toMatchObject({ status: 'failed', errorCode: 'conflict' });
    expect(operation.errorMessage).toContain(other);
    expect(operation.errorMessage).toMatch(/pushed was sha256:[a-f0-9]{64}/);
    expect(result).toBeNull();
  });

  it('is verified through the engine where this server gets no answer, and that is said', async () => {
    const { host } = await before((request, response) => {
      const ours = request.headers['user-agent'] === 'layerwright';
      if (ours) response.writeHead(500).end();
      return ours;
    });
    const { result, log } = await push({ reference: `${host}/a/engine-only:1` });
    expect(result).toMatchObject({ verifiedBy: 'engine' });
    expect(log).toContain('This server could not ask:');
  });

  it('fails where nobody can ask, and does not say pushed', async () => {
    let pushed = false;
    const { host } = await before((request, response) => {
      pushed ||= request.method === 'PUT' && request.url!.includes('/manifests/');
      const after = pushed && ['GET', 'HEAD'].includes(request.method!);
      if (after) response.writeHead(500).end();
      return after;
    });
    const { operation } = await push({ reference: `${host}/a/silent:1` });
    expect(operation.status).toBe('failed');
    expect(operation.errorMessage).toContain('The engine said pushed, but the registry could not be asked');
  });

  it('does not push to a name that was given to another image meanwhile', async () => {
    const server = await before(async (request) => {
      if (setsTag(request)) await removeImage(engine, `${server.host}/a/stolen:1`, { force: false });
      return false;
    });
    const { operation } = await push({ reference: `${server.host}/a/stolen:1` });
    expect(operation).toMatchObject({ status: 'failed', errorCode: 'conflict' });
  });

  it('has no registry at all to talk to', async () => {
    const { operation } = await push({ reference: '127.0.0.1:1/a/nobody:1' });
    expect(operation).toMatchObject({ status: 'failed', errorCode: 'registry_unreachable' });
    expect(operation.errorMessage).toContain('Connection refused by 127.0.0.1:1');
  });
});

describeEngine('a push to a real registry with a password', () => {
  let real: Awaited<ReturnType<typeof startReal>>;
  beforeAll(async () => {
    real = await startReal(login);
  });
  afterEach(() => db.registry.deleteMany());
  afterAll(async () => {
    await takeBack();
    await real.stop();
  });

  const store = (password: string) =>
    addRegistry({ name: '', host: real.host, scheme: 'auto', username: login.user, password });

  it('signs in with the stored login, which appears nowhere', async () => {
    await store(login.password);
    const { operation, events } = await push({ reference: `${real.host}/private/site:1` });
    expect(operation.status).toBe('succeeded');
    expect(JSON.stringify([operation, events])).not.toContain(login.password);
    expect(JSON.stringify(await db.operation.findMany())).not.toContain(login.password);
  });

  it('is refused with a wrong one and with none, once', async () => {
    await store('wrong');
    const wrong = await push({ reference: `${real.host}/private/site:2` });
    expect(wrong.operation).toMatchObject({ status: 'failed', errorCode: 'registry_denied' });
    await db.registry.deleteMany();
    const none = await push({ reference: `${real.host}/private/site:3` });
    expect(none.operation).toMatchObject({ status: 'failed', errorCode: 'registry_denied' });
    expect(wait).not.toHaveBeenCalled();
  });
});

it.each([
  [{ reference: 'Not/Valid:x y' }, 'target.reference'],
  [{ reference: `h:5/a@sha256:${'a'.repeat(64)}` }, 'target.reference'],
])('a bad target %j is refused at its field', async (target, field) => {
  await expect(startPush(engine, { image, target }, user)).rejects.toMatchObject({
    code: 'invalid_input',
    fields: { [field]: expect.any(String) },
  });
});
