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
import { baseImage, describeEngine } from '@/lib/engine/testing/real-engine';
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
    expect(await engineStatus()).toMatchObject({ state: 'ready', engine: { os: 'linux' } });
    const facts = await engineFacts();
    expect(buildersIn(facts)[0]).toBe(facts.product === 'docker' ? 'buildkit' : 'classic');
  });

  test('an image is listed, found by tag and id, tagged and untagged', async () => {
    const image = await getImage(baseImage);
    const tag = 'lw-test-images:tag';
    await tagImage(image.id, tag);
    expect((await listImages()).find(({ id }) => id === image.id)?.tags).toContain(tag);
    expect((await findImage(tag))?.id).toBe(image.id);
    expect((await findImage(image.id.slice(7, 19)))?.id).toBe(image.id);
    expect((await removeImage(tag, { force: false })).untagged).toEqual([tag]);
    expect(await findImage(tag)).toBeNull();
    await expect(getImage(tag)).rejects.toMatchObject({ code: 'not_found' });
    await expect(removeImage(tag, { force: false })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('an image in use is not removed, and its containers are named', async () => {
    const tag = 'lw-test-images:used';
    await tagImage(baseImage, tag);
    const { id } = await getImage(tag);
    const created = (await callJson({
      method: 'POST',
      path: '/containers/create',
      query: { name: 'lw-test-used' },
      body: { Image: tag, Cmd: ['sh'] },
    })) as { Id: string };
    try {
      expect(await listContainersOf(id)).toContainEqual({
        id: created.Id,
        name: 'lw-test-used',
        state: 'created',
      });
      expect((await listImages()).find((image) => image.id === id)!.containers).toBeGreaterThan(0);
      await expect(removeImage(id, { force: false })).rejects.toMatchObject({ code: 'conflict' });
    } finally {
      await callJson({ method: 'DELETE', path: `/containers/${created.Id}` });
      await removeImage(tag, { force: false });
    }
  });

  test('a push answers the digest that the registry has, and a second one sends nothing', async () => {
    const target = `${open.host}/my/site:1.2`;
    await tagImage(baseImage, target);
    const { result, error, events } = await finish(pushImage(target, null, never));
    expect(error).toBeNull();
    expect(result!.digest).toBe(await registryDigest(open.host, 'my/site', '1.2'));
    const [step] = stateOf(events).steps;
    expect(step).toMatchObject({ id: 'push', name: `Push ${target}` });
    expect(step!.completed).toBeDefined();
    expect(step!.progress.map((bar) => bar.state)).toEqual(['done']);
    const again = await finish(pushImage(target, null, never));
    expect(again.result).toEqual(result);
    expect(stateOf(again.events).steps[0]!.progress.map((bar) => bar.state)).toEqual(['exists']);

    await removeImage(target, { force: false });
    const pulled = await finish(pullImage(`${open.host}/my/site@${result!.digest}`, null, never));
    expect(pulled.result).toEqual({ id: (await getImage(baseImage)).id });
    await removeImage(`${open.host}/my/site@${result!.digest}`, { force: false });
  });

  test('a login is right, wrong, missing, and never sent to the wrong place', async () => {
    const target = `${closed.host}/my/site:1`;
    await tagImage(baseImage, target);
    const push = async (credentials: typeof login | null) =>
      (await finish(pushImage(target, credentials, never))).error;
    expect(await push(null)).toMatchObject({
      code: 'registry_denied',
      message: `${closed.host} asks for a login, and none was given.`,
    });
    expect(await push({ ...login, password: 'wrong' })).toMatchObject({
      code: 'registry_denied',
      message: `${closed.host} refused the user name or password.`,
    });
    expect(await push(login)).toBeNull();
    await removeImage(target, { force: false });
    expect((await finish(pullImage(target, null, never))).error).toMatchObject({ code: 'registry_denied' });
    expect((await finish(pullImage(target, login, never))).error).toBeNull();
    await removeImage(target, { force: false });
  });

  test('the check of a login tells ok, refused and unreachable apart', async () => {
    expect(await checkRegistryLogin(closed.host, login)).toBe('ok');
    expect(await checkRegistryLogin(closed.host, { ...login, password: 'x' })).toMatchObject({
      code: 'registry_denied',
    });
    expect(await checkRegistryLogin('127.0.0.1:1', login)).toMatchObject({ code: 'registry_unreachable' });
    expect(await checkRegistryLogin('no-such-host.invalid', login)).toMatchObject({
      code: 'registry_unreachable',
    });
  });

  test('what is not there is said plainly', async () => {
    const error = async (work: Parameters<typeof finish>[0]) => (await finish(work)).error;
    expect(await error(pushImage(`${open.host}/none:1`, null, never))).toMatchObject({ code: 'not_found' });
    expect(await error(pullImage(`${open.host}/none:1`, null, never))).toMatchObject({ code: 'not_found' });
    expect(await error(pullImage('127.0.0.1:1/none:1', null, never))).toMatchObject({
      code: 'registry_unreachable',
    });
    expect(await error(pushImage('Not A Name', null, never))).toMatchObject({ code: 'invalid_input' });
    expect(await error(pullImage(`${open.host}/none:1`, null, AbortSignal.abort()))).toMatchObject({
      code: 'cancelled',
    });
  });

  test('a push that hangs can be cancelled', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address() as { port: number };
    const target = `127.0.0.1:${address.port}/x:1`;
    await tagImage(baseImage, target);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    expect((await finish(pushImage(target, null, stop.signal))).error).toMatchObject({ code: 'cancelled' });
    await removeImage(target, { force: false });
    silent.closeAllConnections();
    silent.close();
    const thief = await startThief();
    expect(await checkRegistryLogin(thief.host, login)).toMatchObject({ code: 'registry_denied' });
    await thief.stop();
  });
});
