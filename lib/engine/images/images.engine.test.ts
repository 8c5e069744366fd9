import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkRegistryLogin } from './registry-auth';
import { callJson } from '@/lib/engine/wire/dial';
import { findImage, getImage, listContainersOf, listImages, removeImage, tagImage } from './images';
import { pullImage } from './pull';
import { pushImage } from './push';
import { engineFacts, engineStatus } from '@/lib/engine/system/status';
import { stateOf } from '@/lib/engine/testing/recorded';
import { baseImage, describeEngine, engine } from '@/lib/engine/testing/real-engine';
import {
  login,
  registryDigest,
  startRegistry,
  startThief,
  type Registry,
} from '@/lib/engine/testing/registry';
import { buildersIn } from '@/lib/builders/features-of';
import { finish } from '@/lib/engine/testing/run';

const never = new AbortController().signal;

describeEngine('images on a real engine', () => {
  let open: Registry;
  let closed: Registry;
  beforeAll(async () => {
    open = await startRegistry({ withLogin: false });
    closed = await startRegistry({ withLogin: true });
  });
  afterAll(async () => {
    await open.stop();
    await closed.stop();
  });

  test('the engine says what it is', async () => {
    expect(await engineStatus(engine)).toMatchObject({ state: 'ready', engine: { os: 'linux' } });
    const facts = await engineFacts(engine);
    expect(buildersIn(facts)[0]).toBe(facts.product === 'docker' ? 'buildkit' : 'classic');
  });

  test('an image is listed, found by tag and id, tagged and untagged', async () => {
    const image = await getImage(engine, baseImage);
    const tag = 'lw-test-images:tag';
    await tagImage(engine, image.id, tag);
    expect((await listImages(engine)).find(({ id }) => id === image.id)?.tags).toContain(tag);
    expect((await findImage(engine, tag))?.id).toBe(image.id);
    expect((await findImage(engine, image.id.slice(7, 19)))?.id).toBe(image.id);
    expect((await removeImage(engine, tag, { force: false })).untagged).toEqual([tag]);
    expect(await findImage(engine, tag)).toBeNull();
    await expect(getImage(engine, tag)).rejects.toMatchObject({ code: 'not_found' });
    await expect(removeImage(engine, tag, { force: false })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('an image in use is not removed, and its containers are named', async () => {
    const tag = 'lw-test-images:used';
    await tagImage(engine, baseImage, tag);
    const { id } = await getImage(engine, tag);
    const created = (await callJson(engine, {
      method: 'POST',
      path: '/containers/create',
      query: { name: 'lw-test-used' },
      body: { Image: tag, Cmd: ['sh'] },
    })) as { Id: string };
    try {
      expect(await listContainersOf(engine, id)).toContainEqual({
        id: created.Id,
        name: 'lw-test-used',
        state: 'created',
      });
      expect((await listImages(engine)).find((image) => image.id === id)!.containers).toBeGreaterThan(0);
      await expect(removeImage(engine, id, { force: false })).rejects.toMatchObject({ code: 'conflict' });
    } finally {
      await callJson(engine, { method: 'DELETE', path: `/containers/${created.Id}` });
      await removeImage(engine, tag, { force: false });
    }
  });

  test('a push answers the digest that the registry has, and a second one sends nothing', async () => {
    const target = `${open.host}/my/site:1.2`;
    await tagImage(engine, baseImage, target);
    const { result, error, events } = await finish(pushImage(engine, target, null, never));
    expect(error).toBeNull();
    expect(result!.digest).toBe(await registryDigest(open.host, 'my/site', '1.2'));
    const [step] = stateOf(events).steps;
    expect(step).toMatchObject({ id: 'push', name: `Push ${target}` });
    expect(step!.completed).toBeDefined();
    expect(step!.progress.map((bar) => bar.state)).toEqual(['done']);
    const again = await finish(pushImage(engine, target, null, never));
    expect(again.result).toEqual(result);
    expect(stateOf(again.events).steps[0]!.progress.map((bar) => bar.state)).toEqual(['exists']);

    await removeImage(engine, target, { force: false });
    const pulled = await finish(pullImage(engine, `${open.host}/my/site@${result!.digest}`, null, never));
    expect(pulled.result).toEqual({ id: (await getImage(engine, baseImage)).id });
    await removeImage(engine, `${open.host}/my/site@${result!.digest}`, { force: false });
  });

  test('a login is right, wrong, missing, and never sent to the wrong place', async () => {
    const target = `${closed.host}/my/site:1`;
    await tagImage(engine, baseImage, target);
    const push = async (credentials: typeof login | null) =>
      (await finish(pushImage(engine, target, credentials, never))).error;
    expect(await push(null)).toMatchObject({
      code: 'registry_denied',
      message: `${closed.host} requires a login, and none was sent.`,
    });
    expect(await push({ ...login, password: 'wrong' })).toMatchObject({
      code: 'registry_denied',
      message: `${closed.host} refused the user name or password.`,
    });
    expect(await push(login)).toBeNull();
    await removeImage(engine, target, { force: false });
    expect((await finish(pullImage(engine, target, null, never))).error).toMatchObject({
      code: 'registry_denied',
    });
    expect((await finish(pullImage(engine, target, login, never))).error).toBeNull();
    await removeImage(engine, target, { force: false });
  });

  test('the check of a login tells ok, refused and unreachable apart', async () => {
    expect(await checkRegistryLogin(engine, closed.host, login)).toBe('ok');
    expect(await checkRegistryLogin(engine, closed.host, { ...login, password: 'x' })).toMatchObject({
      code: 'registry_denied',
    });
    expect(await checkRegistryLogin(engine, '127.0.0.1:1', login)).toMatchObject({
      code: 'registry_unreachable',
    });
    expect(await checkRegistryLogin(engine, 'no-such-host.invalid', login)).toMatchObject({
      code: 'registry_unreachable',
    });
  });

  test('what is not there is said plainly', async () => {
    const error = async (work: Parameters<typeof finish>[0]) => (await finish(work)).error;
    expect(await error(pushImage(engine, `${open.host}/none:1`, null, never))).toMatchObject({
      code: 'not_found',
    });
    expect(await error(pullImage(engine, `${open.host}/none:1`, null, never))).toMatchObject({
      code: 'not_found',
    });
    expect(await error(pullImage(engine, '127.0.0.1:1/none:1', null, never))).toMatchObject({
      code: 'registry_unreachable',
    });
    expect(await error(pushImage(engine, 'Not A Name', null, never))).toMatchObject({
      code: 'invalid_input',
    });
    expect(await error(pullImage(engine, `${open.host}/none:1`, null, AbortSignal.abort()))).toMatchObject({
      code: 'cancelled',
    });
  });

  test('a push that hangs can be cancelled', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address() as { port: number };
    const target = `127.0.0.1:${address.port}/x:1`;
    await tagImage(engine, baseImage, target);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    expect((await finish(pushImage(engine, target, null, stop.signal))).error).toMatchObject({
      code: 'cancelled',
    });
    await removeImage(engine, target, { force: false });
    silent.closeAllConnections();
    silent.close();
    const thief = await startThief();
    expect(await checkRegistryLogin(engine, thief.host, login)).toMatchObject({ code: 'registry_denied' });
    await thief.stop();
  });
});
