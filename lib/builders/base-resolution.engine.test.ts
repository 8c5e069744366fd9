import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getImage, removeImage, tagImage } from '@/lib/engine/images/images';
import { pushImage } from '@/lib/engine/images/push';
import { engineFacts } from '@/lib/engine/system/status';
import { makeDirectory } from '@/lib/engine/testing/directory';
import { logOf, stateOf } from '@/lib/engine/testing/recorded';
import { baseImage, describeEngine, engine } from '@/lib/engine/testing/real-engine';
import { startRegistry, type Registry } from '@/lib/engine/testing/registry';
import { finish } from '@/lib/engine/testing/run';
import { featuresOf } from './features-of';
import { buildRequest } from './testing/request';
import { runBuild } from './run-build';

const never = new AbortController().signal;

async function makeImage(content: string, tag: string) {
  const directory = makeDirectory({ Dockerfile: `FROM ${baseImage}\nRUN echo ${content} > /which\n` });
  const { error } = await finish(runBuild(engine, buildRequest({ directory, tags: [tag] }), never));
  expect(error).toBeNull();
}

/** What is in the base that a build takes by this name. */
async function baseTaken(name: string, over: Parameters<typeof buildRequest>[0]) {
  const directory = makeDirectory({ Dockerfile: `FROM ${name}\nRUN cat /which\n` });
  const { events, error } = await finish(
    runBuild(engine, buildRequest({ directory, noCache: true, ...over }), never),
  );
  expect(error).toBeNull();
  const step = stateOf(events).steps.find(({ name }) => name.includes('RUN cat'))!;
  return logOf(events, step.id).trim();
}

/** Which of two images is taken, by what is said of it before. */
const taken = { local: 'local', 'registry-first': 'remote', registry: 'remote' } as const;

describeEngine('a base image whose name is another image at its registry', () => {
  let registry: Registry;
  let name: string;
  beforeAll(async () => {
    registry = await startRegistry({ withLogin: false });
    name = `${registry.host}/two/contents:1`;
    await makeImage('remote', name);
    expect((await finish(pushImage(engine, name, null, never))).error).toBeNull();
  });
  afterAll(() => registry.stop());

  describe.each(['buildkit', 'classic'] as const)('for %s', (builder) => {
    test.each([false, true])('is the one that is said before the build, with pull %s', async (pull) => {
      await makeImage('local', 'lw-test-two:1');
      await tagImage(engine, 'lw-test-two:1', name);
      const facts = await engineFacts(engine);
      const platform = `${facts.os}/${facts.arch}`;
      const resolution = featuresOf(builder).resolveLocalBase({
        ...facts,
        pull,
        platform: { asked: null, local: platform, engine: platform },
      });
      expect(resolution).not.toBe('unknown');
      expect(await baseTaken(name, { builder, pull })).toBe(taken[resolution as keyof typeof taken]);
      await removeImage(engine, name, { force: true });
      await removeImage(engine, 'lw-test-two:1', { force: true });
    });
  });

  test('is the local one where the registry is away, if that is said', async () => {
    const away = '127.0.0.1:1/two/contents:1';
    await makeImage('local', away);
    expect(await baseTaken(away, {})).toBe('local');
    expect((await getImage(engine, away)).tags).toContain(away);
    await removeImage(engine, away, { force: true });
  });
});
