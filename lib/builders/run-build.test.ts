import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Engine } from '@/lib/engine/engine';
import { runBuild } from './run-build';
import { makeDirectory, removeDirectories } from '@/lib/engine/testing/directory';
import { startFakeEngine, type FakeEngine } from '@/lib/engine/testing/fake-engine';
import { readFixture, stateOf } from '@/lib/engine/testing/recorded';
import { buildRequest } from '@/lib/builders/testing/request';
import { finish } from '@/lib/engine/testing/run';

/** What a build does with answers that a real engine gives only in its worst moments. */
let fake: FakeEngine;
let engine: Engine;
let directory: string;
let build: (response: ServerResponse) => void;

const imageId = `sha256:${'a'.repeat(64)}`;
const image = { Id: imageId, Created: '', Size: 1 };
const answers: Record<string, unknown> = {
  '/version': { Version: '20.10.24', ApiVersion: '1.41', Os: 'linux' },
  '/info': {},
  '/containers/json': [],
  [`/images/${encodeURIComponent(imageId)}/json`]: image,
  [`/images/${encodeURIComponent(imageId)}/history`]: [],
};

beforeEach(async () => {
  fake = await startFakeEngine();
  engine = fake.handle;
  directory = makeDirectory({ Dockerfile: readFixture('buildkit-20.10.dockerfile') });
  fake.answer = (request, response) => {
    const path = request.url!.split('?')[0]!;
    request.resume();
    if (path === '/build') request.on('end', () => build(response));
    else if (path in answers) response.end(JSON.stringify(answers[path]));
    else response.writeHead(path === '/_ping' || path === '/build/cancel' ? 200 : 404).end();
  };
});
afterEach(() => fake.close());
afterAll(removeDirectories);

const recorded = readFixture('buildkit-20.10.jsonl').toString('utf8');
const run = (over: Parameters<typeof buildRequest>[0] = {}, signal = new AbortController().signal) =>
  finish(runBuild(engine, buildRequest({ directory, ...over }), signal));

const lastRecord = (id: string) => `{"id":"moby.image.id","aux":{"ID":"${id}"}}\n`;
const traces = recorded
  .split('\n')
  .filter((line) => line.includes('moby.buildkit.trace'))
  .join('\n');

describe.each(['buildkit', 'classic'] as const)('%s', (builder) => {
  const begun = builder === 'buildkit' ? `${traces}\n` : '{"stream":"Step 1/1 : FROM base:1"}\n';
  const named = builder === 'buildkit' ? lastRecord(imageId) : `{"aux":{"ID":"${imageId}"}}\n`;

  test('a stream that names an image, which the engine then has, is a success', async () => {
    build = (response) => response.end(begun + named);
    expect((await run({ builder })).result).toEqual({ imageId });
  });

  test('a stream that merely ends is a failure', async () => {
    build = (response) => response.end(begun);
    expect((await run({ builder })).error).toMatchObject({ code: 'build_failed' });
  });

  test('an image that the engine then has not got is a failure', async () => {
    build = (response) => response.end(begun + named.replaceAll('aaaa', 'bbbb'));
    expect((await run({ builder })).error).toMatchObject({ code: 'build_failed' });
  });

  test('an error in the stream is a failure, even with an image before and more after it', async () => {
    build = (response) =>
      response.end(`${begun}${named}{"errorDetail":{"message":"it broke"},"error":"it broke"}\n${named}`);
    expect((await run({ builder })).error).toMatchObject({
      code: 'build_failed',
      message: expect.stringContaining('It broke.') as string,
    });
  });

  test('broken JSON is an unreadable answer, and what came before is kept', async () => {
    build = (response) => response.end(`${begun}{"id":`);
    const { error, events } = await run({ builder });
    expect(error).toMatchObject({
      code: 'engine_rejected',
      message: 'The engine sent an unreadable response.',
    });
    expect(stateOf(events).steps.length).toBeGreaterThan(0);
  });

  test('unknown records are passed over', async () => {
    build = (response) => response.end(`{"id":"moby.future","aux":{"x":1}}\n{"aux":7}\n{}\n${begun}${named}`);
    expect((await run({ builder })).result).toEqual({ imageId });
  });

  test('a connection that breaks is told as that, with the events before it kept', async () => {
    build = (response) => {
      response.write(begun);
      void setTimeout(50).then(() => response.destroy());
    };
    const { error, events } = await run({ builder });
    expect(error).toMatchObject({
      code: 'engine_unreachable',
      message: expect.stringMatching(/^The connection to the engine was lost/) as string,
    });
    expect(stateOf(events).steps.length).toBeGreaterThan(0);
  });

  test('wherever in its answer the engine dies, the build has failed, and the steps before it are kept', async () => {
    const points = 20;
    let most = 0;
    for (let point = 1; point <= points; point++) {
      const part = begun.slice(0, Math.floor((begun.length * point) / points));
      build = (response) => {
        response.write(part);
        void setTimeout(20).then(() => (point % 2 ? response.destroy() : response.end()));
      };
      const { result, error, events } = await run({ builder });
      expect(result).toBeNull();
      expect(error?.code).toMatch(/^(engine_unreachable|engine_rejected|build_failed)$/);
      const { length } = stateOf(events).steps;
      expect(length).toBeGreaterThanOrEqual(most);
      most = length;
    }
    expect(most).toBeGreaterThan(0);
  });

  test('an answer that is no success keeps the words of the engine', async () => {
    build = (response) =>
      response.writeHead(400).end('{"message":"unknown operating system or architecture"}');
    expect((await run({ builder })).error).toMatchObject({
      code: 'engine_rejected',
      message: 'Unknown operating system or architecture.',
    });
  });

  test('cancelled before it began, it asks the engine for nothing', async () => {
    expect((await run({ builder }, AbortSignal.abort())).error).toMatchObject({ code: 'cancelled' });
    expect(fake.seen.filter((request) => request.includes('/build'))).toEqual([]);
  });
});

describe('with BuildKit, empty traces', () => {
  /** Up to the output of the first RUN, which has not ended. */
  const unfinished = traces.split('\n').slice(0, 22).join('\n');
  const empty = '{"id":"moby.buildkit.trace","aux":""}\n';

  test('without end are a failure that names the step and the way out, and the engine is let go', async () => {
    let letGo: Promise<unknown> | undefined;
    build = (response) => {
      const sendOn = () => {
        while (!response.destroyed && response.write(empty.repeat(100)));
      };
      letGo = once(response, 'close');
      response.on('drain', sendOn).write(`${unfinished}\n`);
      sendOn();
    };
    const { error, events } = await run();
    expect(error).toMatchObject({
      code: 'build_failed',
      message: expect.stringMatching(/^The engine got stuck in the output of .*RUN/) as string,
      hint: expect.stringContaining('BUILDKIT_STEP_LOG_MAX_SIZE') as string,
    });
    expect(stateOf(events).steps.length).toBeGreaterThan(0);
    await letGo;
  });

  test('in a number, and then more, are nothing', async () => {
    build = (response) =>
      response.end(`${empty.repeat(900)}${traces}\n${empty.repeat(900)}${lastRecord(imageId)}`);
    expect((await run()).result).toEqual({ imageId });
  });
});

describe('cancel with BuildKit', () => {
  const stop = new AbortController();

  test('asks the engine first, and is cancelled when the stream ends', async () => {
    build = (response) => {
      response.write(`${traces}\n`);
      void setTimeout(50)
        .then(() => stop.abort())
        .then(() => setTimeout(100))
        .then(() =>
          response.end('{"errorDetail":{"message":"context canceled"},"error":"context canceled"}\n'),
        );
    };
    const request = buildRequest({ directory });
    const { error } = await finish(runBuild(engine, request, stop.signal));
    expect(error).toMatchObject({ code: 'cancelled', message: 'Cancelled.' });
    expect(fake.seen).toContain(`POST /build/cancel?id=${request.buildId}`);
  });

  test('an engine that goes on is cut off after a while, and the doubt is told', async () => {
    const signal = AbortSignal.timeout(50);
    build = (response) => void response.write(`${traces}\n`);
    const { error } = await run({}, signal);
    expect(error).toMatchObject({
      code: 'cancelled',
      message: 'Cancelled, but the engine did not confirm that the build ended.',
    });
  });

  test('a build that succeeded in the same moment has succeeded', async () => {
    const late = new AbortController();
    build = (response) => {
      late.abort();
      response.end(`${traces}\n${lastRecord(imageId)}`);
    };
    expect((await run({}, late.signal)).result).toEqual({ imageId });
  });
});

test('cancel with Podman says that the command goes on', async () => {
  const stop = new AbortController();
  answers['/version'] = {
    Version: '5.4.2',
    ApiVersion: '1.41',
    Os: 'linux',
    Components: [{ Name: 'Podman Engine' }],
  };
  build = (response) => {
    response.write('{"stream":"STEP 1/2: FROM base:1\\n"}\n');
    void setTimeout(50).then(() => stop.abort());
  };
  const { error } = await run({ builder: 'classic' }, stop.signal);
  expect(error).toMatchObject({
    code: 'cancelled',
    message: expect.stringMatching(/^Podman cannot stop/) as string,
  });
});
