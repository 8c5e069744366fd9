import { afterAll, expect, test, vi } from 'vitest';
import { engineEvents } from '@/lib/engine/system/events';
import { containerLogs } from './logs';
import { createContainer } from './create';
import {
  containerSize,
  findContainer,
  getContainer,
  killContainer,
  listContainers,
  pauseContainer,
  removeContainer,
  restartContainer,
  startContainer,
  stopContainer,
  unpauseContainer,
} from './containers';
import { baseImage, describeEngine, engine } from '@/lib/engine/testing/real-engine';

const never = new AbortController().signal;

async function outputOf(id: string, terminal = false): Promise<[string, string]> {
  const request = { terminal, follow: true, timestamps: false, signal: never };
  const text = { stdout: '', stderr: '' };
  for await (const { stream, bytes } of containerLogs(engine, id, request)) text[stream] += bytes.toString();
  return [text.stdout, text.stderr];
}

describeEngine('containers', () => {
  const made: string[] = [];
  afterAll(async () => {
    for (const id of made) if (await findContainer(engine, id)) await removeContainer(engine, id);
  });
  const make = async (command: string[], own: Partial<Parameters<typeof createContainer>[1]> = {}) => {
    const { id } = await createContainer(engine, { image: baseImage, command, ...own });
    made.push(id);
    return id;
  };

  test('a container is made, listed, started, followed to its end, and removed', async () => {
    const id = await make(['sh', '-c', 'echo out; echo err >&2; exit 7'], { labels: { 'made.for': 'test' } });
    expect((await listContainers(engine)).find((one) => one.id === id)).toMatchObject({
      state: 'created',
      image: baseImage,
      exitCode: null,
      labels: { 'made.for': 'test' },
    });
    await startContainer(engine, id);
    expect(await outputOf(id)).toEqual(['out\n', 'err\n']);
    // Its output ends a moment before the engine calls it ended.
    await vi.waitFor(async () => expect((await getContainer(engine, id)).state).toBe('exited'), 10_000);
    expect(await getContainer(engine, id)).toMatchObject({ exitCode: 7, outOfMemory: false });
    expect((await listContainers(engine)).find((one) => one.id === id)?.exitCode).toBe(7);
    await removeContainer(engine, id, { force: false });
    expect(await findContainer(engine, id)).toBeNull();
  });

  test('one with a terminal has one stream, without frames', async () => {
    const id = await make(['sh', '-c', 'echo out; echo err >&2'], { terminal: true });
    await startContainer(engine, id);
    expect(await outputOf(id, true)).toEqual(['out\r\nerr\r\n', '']);
  });

  test('one that runs is paused, goes on, is restarted, killed and stopped; a removal needs force', async () => {
    const id = await make(['sh', '-c', 'echo written > /tmp/file; sleep 1000'], {
      ports: [{ inside: 80, outside: null, protocol: 'tcp', address: '127.0.0.1' }],
      environment: ['A=1'],
      memoryBytes: 64 * 1024 * 1024,
      cpus: 0.5,
      pids: 50,
    });
    await startContainer(engine, id);
    const { startedAt, ...running } = await getContainer(engine, id);
    expect(running).toMatchObject({
      state: 'running',
      exitCode: null,
      memory: 64 * 1024 * 1024,
      cpus: 0.5,
      pids: 50,
      environment: expect.arrayContaining(['A=1']) as string[],
    });
    expect(running.ports).toEqual([
      { inside: 80, outside: expect.any(Number) as number, protocol: 'tcp', address: '127.0.0.1' },
    ]);
    await pauseContainer(engine, id);
    expect((await getContainer(engine, id)).state).toBe('paused');
    await unpauseContainer(engine, id);
    await restartContainer(engine, id, 0);
    expect((await getContainer(engine, id)).startedAt).not.toBe(startedAt);
    await expect(removeContainer(engine, id, { force: false })).rejects.toMatchObject({ code: 'conflict' });
    expect(await containerSize(engine, id)).toBeGreaterThanOrEqual(0);
    await killContainer(engine, id);
    await startContainer(engine, id);
    await stopContainer(engine, id, 0);
    expect(await getContainer(engine, id)).toMatchObject({ state: 'exited', exitCode: 137 });
  });

  test('what happens to a container is told as an event', async () => {
    const stop = new AbortController();
    const seen: string[] = [];
    const watching = (async () => {
      for await (const { action, attributes } of engineEvents(engine, ['container'], stop.signal)) {
        if (attributes.name === 'watched') seen.push(action);
        if (seen.includes('destroy')) stop.abort();
      }
    })().catch((error: unknown) => error);
    const id = await make(['sleep', '1000'], { name: 'watched' });
    await startContainer(engine, id);
    await removeContainer(engine, id);
    expect(await watching).toMatchObject({ code: 'cancelled' });
    expect(seen).toEqual(expect.arrayContaining(['create', 'start', 'die', 'destroy']));
  });
});
