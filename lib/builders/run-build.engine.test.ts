import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statusOf, type OperationState } from '@/lib/events/state';
import { runBuild } from './run-build';
import { findImage, removeImage, tagImage } from '@/lib/engine/images/images';
import { pushImage } from '@/lib/engine/images/push';
import { addFiles, makeDirectory, type Files } from '@/lib/engine/testing/directory';
import { logOf, stateOf } from '@/lib/engine/testing/recorded';
import { baseImage, describeEngine, engine, isRunning } from '@/lib/engine/testing/real-engine';
import { login, startRegistry, startThief, type Registry } from '@/lib/engine/testing/registry';
import { buildRequest } from '@/lib/builders/testing/request';
import { finish } from '@/lib/engine/testing/run';
import type { EngineWork } from '@/lib/engine/types';

const from = `FROM ${baseImage}\n`;
const never = new AbortController().signal;

async function build(over: Parameters<typeof buildRequest>[0], signal = never) {
  const done = await finish(runBuild(engine, buildRequest(over), signal));
  return { ...done, state: stateOf(done.events) };
}

/** A new context, built at once. */
const buildFiles = (files: Files, over: Parameters<typeof buildRequest>[0] = {}) =>
  build({ ...over, directory: makeDirectory(files) });

/** As one that stores what comes, on a busy machine. */
async function* inNoHurry<Result>(work: EngineWork<Result>): EngineWork<Result> {
  for (let waits = 0; ;) {
    const next = await work.next();
    if (next.done) return next.value;
    if (next.value.type === 'log' && waits++ < 100) await setTimeout(30);
    yield next.value;
  }
}

const stepNamed = (state: OperationState, part: string) => {
  const step = state.steps.find(({ name }) => name.includes(part));
  if (!step) throw new Error(`no step ${part} in ${state.steps.map(({ name }) => name).join(', ')}`);
  return step;
};
const statuses = (state: OperationState) => state.steps.map((step) => statusOf(step, true));

describeEngine('a build on a real engine', () => {
  describe.each(['buildkit', 'classic'] as const)('with %s', (builder) => {
    test('makes an image of the files, under all its tags', async () => {
      const tags = [`lw-test-${builder}:1`, `lw-test-${builder}:2`];
      const { result, error, state, events } = await buildFiles(
        {
          Dockerfile: `${from}COPY a.txt /srv/\nRUN cat /srv/a.txt; echo trouble >&2\nCMD ["x"]\n`,
          'a.txt': 'the content\n',
        },
        { builder, tags, labels: { made: 'by test' }, noCache: true },
      );
      expect(error).toBeNull();
      const image = await findImage(engine, tags[1]!);
      expect(image).toMatchObject({
        id: result!.imageId,
        labels: { made: 'by test' },
        tags: expect.arrayContaining(tags) as string[],
      });
      expect(image!.history.map((entry) => entry.instruction)).toContain('CMD ["x"]');
      expect(image!.history.map((entry) => entry.layer).filter(Boolean)).toEqual(image!.layers);
      const run = stepNamed(state, 'RUN cat');
      expect(run.line).toBe(3);
      expect(logOf(events, run.id, 'stdout')).toBe('the content\n');
      expect(logOf(events, run.id, 'stderr')).toBe('trouble\n');
      expect(statuses(state).filter((status) => !['done', 'cached'].includes(status))).toEqual([]);
      expect(statusOf(run, true)).toBe('done');
    });

    test('takes symlinks, names of any kind and an own place for the Dockerfile; leaves out what is excluded', async () => {
      const { error, state, events } = await buildFiles(
        {
          'deep/ünï/My.Dockerfile': `${from}COPY . /srv\nRUN cd /srv && ls -a && readlink link && cat "sp ace/ü € 😀" && cat link\n`,
          link: '-> sp ace/ü € 😀',
          'sp ace/ü € 😀': 'unicode\n',
          'secret/key': 'nobody sees this',
          '.dockerignore': 'secret\ndeep\n',
        },
        {
          builder,
          dockerfile: 'deep/ünï/My.Dockerfile',
          noCache: true,
          ignored: 'secret\ndeep\n',
        },
      );
      expect(error).toBeNull();
      // The classic builder finds its Dockerfile in the context only, and leaves the empty folder of it.
      const folder = builder === 'classic' ? 'deep\n' : '';
      expect(logOf(events, stepNamed(state, 'RUN cd').id)).toBe(
        `.\n..\n.dockerignore\n${folder}link\nsp ace\nsp ace/ü € 😀\nunicode\nunicode\n`,
      );
    });

    test('builds the Dockerfile that was read, also if it was changed since', async () => {
      const directory = makeDirectory({ 'a/Dockerfile': `${from}RUN echo as read\n` });
      const request = buildRequest({ builder, directory, dockerfile: 'a/Dockerfile', noCache: true });
      addFiles(directory, { 'a/Dockerfile': `${from}RUN echo changed\n` });
      const { error, events } = await finish(runBuild(engine, request, never));
      expect(error).toBeNull();
      expect(logOf(events, stepNamed(stateOf(events), 'RUN echo').id)).toBe('as read\n');
    });

    test('a second build of the same takes everything from the cache; a changed file is seen', async () => {
      const big = Buffer.alloc(5_000_000, 'x');
      const one = `one ${Date.now()}\n`; // not what an earlier run built
      const directory = makeDirectory({
        Dockerfile: `${from}COPY . /srv/\nRUN cat /srv/small\n`,
        big,
        small: one,
      });
      const first = await build({ directory, builder });
      expect(logOf(first.events, stepNamed(first.state, 'RUN cat').id)).toBe(one);
      const second = await build({ directory, builder });
      expect(second.result).toEqual(first.result);
      expect(statusOf(stepNamed(second.state, 'COPY'), true)).toBe('cached');
      expect(statusOf(stepNamed(second.state, 'RUN'), true)).toBe('cached');
      const other = `other ${one}`;
      addFiles(directory, { small: other });
      const third = await build({ directory, builder });
      expect(logOf(third.events, stepNamed(third.state, 'RUN cat').id)).toBe(other);
      const sent = third.state.steps.flatMap((step) => step.progress).map((bar) => bar.current ?? 0);
      if (builder === 'buildkit') expect(Math.max(...sent)).toBeLessThan(100_000);
    });

    test('a command that fails is named with its line and code, and what came after did not run', async () => {
      const { error, state, events } = await buildFiles(
        { Dockerfile: `${from}RUN echo before\nRUN echo words; exit 3\nRUN echo after\n` },
        { builder, noCache: true },
      );
      expect(error).toMatchObject({
        code: 'build_failed',
        message: 'Line 3, RUN echo words; exit 3: Exited with code 3.',
      });
      const failed = stepNamed(state, 'echo words');
      expect(failed).toMatchObject({ error: 'Exited with code 3.', line: 3 });
      expect(logOf(events, failed.id)).toBe('words\n');
      expect(events.some((event) => event.type === 'log' && event.text.includes('after'))).toBe(false);
    });

    test('a file that is not there is named', async () => {
      const { error } = await buildFiles({ Dockerfile: `${from}COPY nofile /\n` }, { builder });
      expect(error!.message).toMatch(/^Line 2, COPY nofile \/: "\/?nofile" is not in the build context/);
    });

    test('a Dockerfile that cannot be read as one fails with the words of the engine', async () => {
      const { error } = await buildFiles({ Dockerfile: `${from}NONSENSE here\n` }, { builder });
      expect(error!.message).toMatch(/unknown instruction: "?NONSENSE/i);
    });

    test('cancel ends the process, also one that ignores being told', async () => {
      const marker = `marker-${Date.now()}-${builder}`;
      const loop = `trap '' TERM INT HUP; while :; do sleep 1; done`;
      const directory = makeDirectory({
        Dockerfile: `${from}RUN sh -c "${loop}" ${marker} & sh -c "${loop}" ${marker}\n`,
      });
      const stop = new AbortController();
      const work = finish(runBuild(engine, buildRequest({ directory, builder, noCache: true }), stop.signal));
      while (!isRunning(marker)) await setTimeout(50);
      stop.abort();
      const { error, events } = await work;
      expect(error).toMatchObject({ code: 'cancelled', message: 'Cancelled.' });
      const until = Date.now() + 2000;
      while (isRunning(marker) && Date.now() < until) await setTimeout(20);
      expect(isRunning(marker)).toBe(false);
      expect(statusOf(stepNamed(stateOf(events), marker), true)).toBe('cancelled');
    });

    test('a long log comes whole, or says that the engine clipped it', async () => {
      const { error, state, events } = await buildFiles(
        { Dockerfile: `${from}RUN seq 1 200000\n` },
        { builder, noCache: true },
      );
      expect(error).toBeNull();
      const step = stepNamed(state, 'RUN seq');
      const log = logOf(events, step.id);
      if (!step.clipped)
        expect(log).toBe(Array.from({ length: 200_000 }, (_, index) => `${index + 1}\n`).join(''));
      expect(step.clipped || step.lines === 200_000).toBe(true);
    });

    test('arguments, target and stages reach the build', async () => {
      const { error, events } = await buildFiles(
        {
          Dockerfile: `ARG BASE\nFROM \${BASE} AS one\nARG WORD\nRUN echo "word $WORD"\nFROM one AS two\nRUN exit 1\n`,
        },
        { builder, target: 'one', buildArgs: { BASE: baseImage, WORD: '"quoted" ü' }, noCache: true },
      );
      expect(error).toBeNull();
      expect(events.some((event) => event.type === 'log' && event.text === 'word "quoted" ü\n')).toBe(true);
    });
  });

  describe('output in bursts, build after build, to a reader that is in no hurry', () => {
    const burst = 'seq 1 1000000'; // 6.9 MB in some milliseconds
    const whole = 6_888_896;

    test.each([
      ['from the first moment', burst, 4],
      ['on both streams at once', `${burst} & ${burst} >&2; wait`, 4],
      ['late, when the limit of speed lets more pass', `sleep 8; ${burst}`, 1],
      ['and then a failure', `${burst}; exit 3`, 1],
    ])(
      '%s: the build ends, and its log is whole or marked as clipped',
      async (_, command, builds) => {
        for (let index = 0; index < builds; index++) {
          const directory = makeDirectory({ Dockerfile: `${from}RUN ${command}\n` });
          const work = runBuild(
            engine,
            buildRequest({ directory, noCache: true }),
            AbortSignal.timeout(40_000),
          );
          const { error, events } = await finish(inNoHurry(work));
          if (command.endsWith('exit 3')) expect(error?.message).toContain('Exited with code 3');
          else expect(error).toBeNull();
          const step = stepNamed(stateOf(events), 'RUN ');
          for (const stream of ['stdout', 'stderr'] as const) {
            const { length } = logOf(events, step.id, stream);
            expect(length === whole || length === 0 || step.clipped).toBe(true);
          }
        }
      },
      180_000,
    );
  });

  test('limits that only the classic builder takes are in force', async () => {
    const { error, events, state } = await buildFiles(
      { Dockerfile: `${from}RUN ulimit -n\n` },
      { builder: 'classic', ulimits: [{ name: 'nofile', soft: 123, hard: 456 }], noCache: true },
    );
    expect(error).toBeNull();
    expect(logOf(events, stepNamed(state, 'RUN ulimit').id)).toBe('123\n');
  });

  test('secrets are there for the command that asks, to the byte, and nowhere else', async () => {
    const token = Buffer.from([0x73, 0x00, 0xff, 0x0a, 0x21]);
    const { error, events, state, result } = await buildFiles(
      {
        Dockerfile: `${from}RUN --mount=type=secret,id=tok sha256sum /run/secrets/tok\nRUN test ! -s /run/secrets/tok\nRUN --mount=type=secret,id=none test ! -e /run/secrets/none\n`,
      },
      { secrets: { tok: token }, noCache: true },
    );
    expect(error).toBeNull();
    const { createHash } = await import('node:crypto');
    const sum = createHash('sha256').update(token).digest('hex');
    expect(logOf(events, stepNamed(state, 'sha256sum').id)).toContain(sum);
    expect(JSON.stringify(await findImage(engine, result!.imageId))).not.toContain(sum);
  });

  describe('from a private base image', () => {
    let registry: Registry;
    let image: string;

    beforeAll(async () => {
      registry = await startRegistry({ withLogin: true });
      image = `${registry.host}/private/base:1`;
      await tagImage(engine, baseImage, image);
      expect((await finish(pushImage(engine, image, login, never))).error).toBeNull();
      await removeImage(engine, image, { force: false });
    });
    afterAll(() => registry.stop());

    const asked: string[] = [];
    const credentials = (right: typeof login) => (host: string) => {
      asked.push(host);
      return Promise.resolve(host === registry.host ? right : null);
    };

    test.each(['buildkit', 'classic'] as const)(
      '%s gets the login of its host, and only when it needs it',
      async (builder) => {
        asked.length = 0;
        const { error } = await buildFiles(
          { Dockerfile: `FROM ${image}\nRUN echo hi\n` },
          { builder, credentials: credentials(login) },
        );
        expect(error).toBeNull();
        expect(new Set(asked)).toEqual(new Set([registry.host]));
        if (await findImage(engine, image)) await removeImage(engine, image, { force: true });
      },
    );

    test.each(['buildkit', 'classic'] as const)(
      '%s says when the login is refused, or is missing',
      async (builder) => {
        // Another name than before: what was pulled once may be known still.
        const other = image.replace('127.0.0.1', 'localhost').replace(':1', ':2');
        const wrong = { ...login, password: 'wrong' };
        const refused = await buildFiles(
          { Dockerfile: `FROM ${other}\n` },
          { builder, credentials: () => Promise.resolve(wrong) },
        );
        expect(refused.error).toMatchObject({
          code: 'build_failed',
          message: expect.stringContaining('could not be pulled') as string,
        });
        const missing = await buildFiles({ Dockerfile: `FROM ${other}\n` }, { builder });
        expect(missing.error).toMatchObject({
          code: 'build_failed',
          message: expect.stringContaining('could not be pulled') as string,
        });
      },
    );

    test.each(['buildkit', 'classic'] as const)(
      '%s gives nothing to a registry that merely asks',
      async (builder) => {
        const thief = await startThief();
        try {
          const { error } = await buildFiles(
            { Dockerfile: `FROM ${thief.host}/x/y:1\n` },
            { builder, credentials: credentials(login) },
          );
          expect(error).toMatchObject({ code: 'build_failed' });
          // Podman sends an empty login to whoever asks.
          expect(thief.given.filter((given) => given !== 'Basic Og==')).toEqual([]);
        } finally {
          await thief.stop();
        }
      },
    );
  });
});
