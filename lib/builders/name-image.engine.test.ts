import { afterEach, describe, expect, test } from 'vitest';
import { findImage, getImage, removeImage, tagImage } from '@/lib/engine/images/images';
import { makeDirectory } from '@/lib/engine/testing/directory';
import { baseImage, describeEngine, engine } from '@/lib/engine/testing/real-engine';
import { finish } from '@/lib/engine/testing/run';
import { buildRequest } from './testing/request';
import { runBuild } from './run-build';

const tag = 'lw-test-names:1';
const never = new AbortController().signal;

const build = (dockerfile: string, over: Parameters<typeof buildRequest>[0]) => {
  const directory = makeDirectory({ Dockerfile: `FROM ${baseImage}\n${dockerfile}` });
  return runBuild(engine, buildRequest({ directory, tags: [tag], noCache: true, ...over }), never);
};

describeEngine('the name of a built image', () => {
  afterEach(async () => {
    if (await findImage(engine, tag)) await removeImage(engine, tag, { force: true });
  });

  describe.each(['buildkit', 'classic'] as const)('with %s', (builder) => {
    test('is taken from the image of the last build, which stays', async () => {
      const first = await finish(build('RUN echo first > /which\n', { builder }));
      const second = await finish(build('RUN echo second > /which\n', { builder }));
      expect([first.error, second.error]).toEqual([null, null]);
      expect((await getImage(engine, tag)).id).toBe(second.result!.imageId);
      expect(await findImage(engine, first.result!.imageId)).toMatchObject({ tags: [] });
      await removeImage(engine, first.result!.imageId, { force: true });
    });

    test('is kept by an image that is built again from the cache', async () => {
      const again = () => finish(build('COPY Dockerfile /\n', { builder, noCache: false }));
      const ids = [(await again()).result!.imageId, (await again()).result!.imageId];
      expect(ids[0]).toBe(ids[1]);
      expect((await getImage(engine, tag)).tags).toEqual([tag]);
    });

    test('stays where it was if the build fails', async () => {
      await tagImage(engine, baseImage, tag);
      const { error } = await finish(build('RUN exit 3\n', { builder }));
      expect(error).toMatchObject({ code: 'build_failed' });
      expect((await getImage(engine, tag)).id).toBe((await getImage(engine, baseImage)).id);
    });
  });

  test('stays where it was if the build is cancelled while its image is exported', async () => {
    await tagImage(engine, baseImage, tag);
    const stop = new AbortController();
    const directory = makeDirectory({
      Dockerfile: `FROM ${baseImage}\nRUN head -c 300000000 /dev/urandom > /large\n`,
    });
    const work = runBuild(engine, buildRequest({ directory, tags: [tag], noCache: true }), stop.signal);
    const { error, result } = await finish(work, (event) => {
      if (event.type === 'step' && event.kind === 'export') stop.abort();
    });
    // An engine that was faster than the cancel has built it.
    const expected = error ? (await getImage(engine, baseImage)).id : result!.imageId;
    expect((await getImage(engine, tag)).id).toBe(expected);
    if (error) expect(error.code).toBe('cancelled');
  }, 120_000);
});
