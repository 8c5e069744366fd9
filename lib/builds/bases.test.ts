import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Engine } from '@/lib/engine/engine';
import { type FakeEngine, startFakeEngine } from '@/lib/engine/testing/fake-engine';
import { canonical, namedDigest } from './base-digests';
import { resolveBases } from './bases';

const digestOf = (letter: string) => `sha256:${letter.repeat(64)}`;
let fake: FakeEngine;
let engine: Engine;

beforeEach(async () => {
  fake = await startFakeEngine();
  engine = fake.handle;
  fake.answer = (request, response) => {
    const url = decodeURIComponent(request.url ?? '');
    if (url.startsWith('/images/base:1/json'))
      response.end(JSON.stringify({ Id: digestOf('1'), RepoDigests: [`base@${digestOf('a')}`], Size: 1 }));
    else if (url.startsWith('/images/') && !url.includes(digestOf('1'))) response.writeHead(404).end('{}');
    else response.end('[]');
  };
});
afterEach(() => fake.close());

test('a base is the image that the engine has, where the builder tells no digest', async () => {
  expect(await resolveBases(engine, ['base:1'], new Map())).toEqual([
    { reference: 'base:1', digest: digestOf('a'), id: digestOf('1') },
  ]);
  for (const told of ['a', '1'])
    expect(await resolveBases(engine, ['base:1'], new Map([[canonical('base:1'), digestOf(told)]]))).toEqual([
      { reference: 'base:1', digest: digestOf(told), id: digestOf('1') },
    ]);
});

test('a base that the builder fetched is not the image that the engine has under its name', async () => {
  expect(await resolveBases(engine, ['base:1'], new Map([[canonical('base:1'), digestOf('b')]]))).toEqual([
    { reference: 'base:1', digest: digestOf('b'), id: null },
  ]);
});

test('what is no name does not take the other bases away', async () => {
  expect(await resolveBases(engine, ['Not A Name', 'base:1'], new Map())).toMatchObject([
    { digest: null, id: null },
    { digest: digestOf('a') },
  ]);
});

test('a step names its base with the digest where the builder asked a registry', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  expect(namedDigest(`[web 1/3] FROM docker.io/library/busybox:latest@${digest}`)).toEqual({
    image: canonical('busybox'),
    digest,
  });
  expect(namedDigest('[1/3] FROM docker.io/library/busybox:latest')).toBeNull();
});
