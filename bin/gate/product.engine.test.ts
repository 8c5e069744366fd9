import { EventEmitter, once } from 'node:events';
import { buffer, text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { buildRequest } from '@/lib/builders/testing/request';
import { runBuild } from '@/lib/builders/run-build';
import { commitContainer } from '@/lib/engine/containers/commit';
import { createContainer } from '@/lib/engine/containers/create';
import {
  findContainer,
  getContainer,
  removeContainer,
  startContainer,
} from '@/lib/engine/containers/containers';
import { readArchive, writeArchive } from '@/lib/engine/containers/files';
import { attachTerminal, createExec, findExec, startExec } from '@/lib/engine/containers/terminal';
import type { Engine } from '@/lib/engine/engine';
import { findImage, removeImage, tagImage } from '@/lib/engine/images/images';
import { pushImage } from '@/lib/engine/images/push';
import { engineEvents } from '@/lib/engine/system/events';
import { makeDirectory } from '@/lib/engine/testing/directory';
import { engineAt } from '@/lib/engine/testing/fake-engine';
import { baseImage, describeEngine } from '@/lib/engine/testing/real-engine';
import { startRegistry } from '@/lib/engine/testing/registry';
import { finish } from '@/lib/engine/testing/run';
import { callStream } from '@/lib/engine/wire/dial';
import { emptyRunConfig } from '@/lib/engine/wire/fields';
import { engineAddress, startGate } from './testing';

const never = new AbortController().signal;

describeEngine('through the gate', () => {
  let gate: Awaited<ReturnType<typeof startGate>>;
  let engine: Engine;
  const made: string[] = [];
  const make = async (command: string[], own = {}) => {
    const { id } = await createContainer(engine, { image: baseImage, command, ...own });
    made.push(id);
    return id;
  };
  beforeAll(async () => {
    gate = await startGate(engineAddress);
    engine = engineAt(gate.address);
  });
  afterAll(async () => {
    for (const id of made) if (await findContainer(engine, id)) await removeContainer(engine, id);
    await gate.close();
  });

  test.each(['buildkit', 'classic'] as const)(
    'an image is built with %s, and its files are read',
    async (builder) => {
      const directory = makeDirectory({
        Dockerfile: `FROM ${baseImage}\nCOPY a /a\nRUN cat /a\n`,
        a: 'content\n',
      });
      const tags = [`gate-${builder}:1`];
      const { error, result } = await finish(
        runBuild(engine, buildRequest({ directory, builder, tags }), never),
      );
      expect(error).toBeNull();
      expect((await findImage(engine, tags[0]!))?.id).toBe(result!.imageId);
      await removeImage(engine, tags[0]!, { force: false });
    },
  );

  test('a build is cancelled, and ends in the engine', async () => {
    const directory = makeDirectory({ Dockerfile: `FROM ${baseImage}\nRUN echo on; sleep 7231\n` });
    const cancel = new AbortController();
    const { error } = await finish(
      runBuild(engine, buildRequest({ directory, noCache: true }), cancel.signal),
      (event) => event.type === 'log' && cancel.abort(),
    );
    expect(error).toMatchObject({ code: 'cancelled', message: 'Cancelled.' });
  });

  test('what the gate refuses is an error in plain words', async () => {
    const { error } = await finish(
      runBuild(
        engine,
        buildRequest({ directory: makeDirectory({ Dockerfile: 'FROM x' }), networkMode: 'host' }),
        never,
      ),
    );
    expect(error).toMatchObject({
      code: 'forbidden',
      message: 'The gate before the engine refuses this: its network is "host".',
      hint: expect.stringContaining('LAYERWRIGHT_GATE_ALLOW') as string,
    });
    await expect(make(['true'], { binds: ['/etc:/x'] })).rejects.toMatchObject({
      code: 'forbidden',
      message: 'The gate before the engine refuses this: it mounts "/etc" of the host.',
    });
  });

  test('the terminal of a container: attached before its start, typed into, ended', async () => {
    const id = await make(['sh'], { terminal: true, openStdin: true, attached: true });
    const socket = await attachTerminal(engine, id);
    let seen = '';
    socket.on('data', (chunk: Buffer) => (seen += chunk.toString()));
    await startContainer(engine, id);
    socket.write('echo $((20 + 22))\r');
    await vi.waitFor(() => expect(seen).toContain('42'), 20_000);
    expect(seen).not.toMatch(/^0/m); // the end of an empty body is not typed
    const ended = once(socket, 'end');
    socket.write('exit\r');
    await ended;
  });

  test('a shell in a running container', async () => {
    const id = await make(['sleep', '600']);
    await startContainer(engine, id);
    const exec = await createExec(engine, id, {
      command: ['sh', '-c', 'read a; echo got $a'],
      terminal: true,
    });
    const socket = await startExec(engine, exec);
    socket.write('this\r');
    const words = await text(socket);
    expect(words).toContain('got this');
    await vi.waitFor(async () => expect((await findExec(engine, exec)).running).toBe(false), 20_000);
  });

  test('files go in and come out', async () => {
    const [from, to] = [await make(['true']), await make(['true'])];
    const tar = await readArchive(engine, from, '/bin');
    await writeArchive(engine, to, '/tmp', tar, never);
    const direct = await buffer(await readArchive(engineAt(engineAddress), from, '/bin/busybox'));
    expect(direct.length).toBeGreaterThan(500_000);
    expect((await buffer(await readArchive(engine, to, '/tmp/bin/busybox'))).equals(direct)).toBe(true);
  });

  test('a container becomes an image, is pushed, and is pulled', async () => {
    const registry = await startRegistry({ withLogin: false });
    try {
      const id = await make(['true']);
      const image = await commitContainer(
        engine,
        {
          container: id,
          reference: 'gate-commit:1',
          message: 'm',
          author: '',
          pause: false,
          config: emptyRunConfig,
        },
        never,
      );
      const name = `${registry.host}/gate/commit:1`;
      await tagImage(engine, image, name);
      expect((await finish(pushImage(engine, name, null, never))).result?.digest).toMatch(/^sha256:/);
      await removeImage(engine, name, { force: false });
      await removeImage(engine, 'gate-commit:1', { force: false });
    } finally {
      await registry.stop();
    }
  });

  test('events arrive at once', async () => {
    const leave = new AbortController();
    const open = new EventEmitter();
    const opened = once(open, 'open');
    const ids: string[] = [];
    const reading = (async () => {
      for await (const { action, id } of engineEvents(engine, ['container'], leave.signal, () =>
        open.emit('open'),
      ))
        if (action === 'create') ids.push(id);
    })().catch((error: unknown) => error);
    await opened;
    const id = await make(['true']);
    await vi.waitFor(() => expect(ids).toContain(id), 10_000);
    leave.abort();
    expect(await reading).toMatchObject({ code: 'cancelled' });
  });

  test('a reader that does not read stops the container, and the gate keeps nothing for it', async () => {
    const writer = ['sh', '-c', 'yes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | head -c 80000000'];
    const [slow, quick] = [
      await make(writer, { logDriver: 'none' }),
      await make(writer, { logDriver: 'none' }),
    ];
    const unread = await attachTerminal(engine, slow);
    const read = await attachTerminal(engine, quick);
    unread.pause();
    const ended = once(read.resume(), 'end');
    const before = process.memoryUsage().rss;
    await startContainer(engine, slow);
    await startContainer(engine, quick);
    await ended;
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
    expect((await getContainer(engine, slow)).state).toBe('running');
    unread.destroy();
  });

  test('an engine that is away is said', async () => {
    const lonely = await startGate('unix:///nowhere/docker.sock');
    try {
      await expect(callStream(engineAt(lonely.address), { path: '/info' })).rejects.toMatchObject({
        code: 'engine_unreachable',
        message: 'The gate does not reach the engine at unix:///nowhere/docker.sock (ENOENT).',
      });
    } finally {
      await lonely.close();
    }
  });
});
