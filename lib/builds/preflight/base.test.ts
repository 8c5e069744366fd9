import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { featuresOf } from '@/lib/builders/features-of';
import type { ImageSource } from '@/lib/dockerfiles/bases';
import { useTestDatabase } from '@/lib/db/test-database';
import type { Engine } from '@/lib/engine/engine';
import { type FakeEngine, startFakeEngine } from '@/lib/engine/testing/fake-engine';
import { type BuildSetting, checkBase } from './base';

await useTestDatabase();

const digestOf = (letter: string) => `sha256:${letter.repeat(64)}`;
const reference = 'registry.example/base:1';
const source: ImageSource = { reference, use: 'base', platform: null };
const graphdriver: BuildSetting = {
  builder: featuresOf('buildkit'),
  product: 'docker',
  store: 'graphdriver',
  pull: false,
  enginePlatform: 'linux/amd64',
};
const containerd: BuildSetting = { ...graphdriver, store: 'containerd' };
const local = { Id: digestOf('1'), RepoDigests: [`registry.example/base@${digestOf('a')}`], Size: 1 };

/** Of the registry, by what the engine tells of it. */
let remote: { status: number; body: unknown };
let fake: FakeEngine;
let engine: Engine;
const asked = () => fake.seen.filter((line) => line.includes('/distribution/'));

beforeEach(async () => {
  remote = { status: 200, body: { Descriptor: { digest: digestOf('b') } } };
  fake = await startFakeEngine();
  engine = fake.handle;
  fake.answer = (request, response) => {
    const url = decodeURIComponent(request.url ?? '');
    if (url.startsWith('/distribution/')) response.writeHead(remote.status).end(JSON.stringify(remote.body));
    else if (url.endsWith('/base:1/json'))
      response.end(JSON.stringify({ ...local, Os: 'linux', Architecture: 'amd64' }));
    else if (url.endsWith('/history') || url.startsWith('/containers/')) response.end('[]');
    else response.writeHead(404).end('{"message":"no such image"}');
  };
});
afterEach(() => fake.close());

describe('a local base, and another image under its name at its registry', () => {
  test('the local one is used with a graph driver, and no registry is asked', async () => {
    expect(await checkBase(engine, source, graphdriver)).toMatchObject({
      title: `Base image ${reference}`,
      level: 'ok',
      detail: 'Available locally; the builder uses it.',
    });
    expect(await checkBase(engine, source, { ...containerd, builder: featuresOf('classic') })).toMatchObject({
      level: 'ok',
    });
    expect(asked()).toEqual([]);
  });

  test('the registry’s is used on the containerd store, which the check says as it asked there', async () => {
    const item = await checkBase(engine, source, containerd);
    expect(item.level).toBe('warning');
    expect(item.detail).toContain('registry.example has a different image under this name (bbbbbbbbbbbb)');
    expect(asked()).toHaveLength(1);
  });

  test('a build that pulls asks on every store', async () => {
    for (const setting of [graphdriver, containerd]) {
      const item = await checkBase(engine, source, { ...setting, pull: true });
      expect(item.detail).toContain('The local image differs and is not used.');
    }
    expect(asked()).toHaveLength(2);
  });

  test('a base for another platform is asked for with a graph driver', async () => {
    const item = await checkBase(engine, { ...source, platform: 'linux/arm64' }, graphdriver);
    expect(item.detail).toContain('The local image is for linux/amd64 and is not used.');
  });
});

test('a missing login is named as such, and the local image is used meanwhile', async () => {
  remote = { status: 401, body: { message: 'unauthorized: authentication required' } };
  expect(await checkBase(engine, source, containerd)).toMatchObject({
    level: 'ok',
    detail: expect.stringContaining(
      'registry.example requires a login, and none was sent. Until then, the local image is used.',
    ) as string,
  });
  expect(await checkBase(engine, source, { ...containerd, pull: true })).toMatchObject({
    level: 'problem',
    hint: 'Store a user name and password for this registry.',
  });
});

test('an engine that cannot ask a registry is no problem of the registry', async () => {
  remote = { status: 500, body: { message: 'Path /distribution/x/json is not supported' } };
  const podman: BuildSetting = {
    ...graphdriver,
    product: 'podman',
    builder: featuresOf('classic'),
    pull: true,
  };
  expect(await checkBase(engine, source, podman)).toMatchObject({
    level: 'unknown',
    detail: 'This engine cannot ask registry.example without pulling.',
  });
});

test('BuildKit takes a word of hexadecimal digits for a name, where the engine would take it for an id', async () => {
  await checkBase(engine, { ...source, reference: 'cafebabecafe' }, graphdriver);
  expect(fake.seen[0]).toContain('cafebabecafe%3Alatest/json');
});
