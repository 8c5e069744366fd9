import { afterAll, expect, test, vi } from 'vitest';
import { containerLogs } from '@/lib/engine/containers/logs';
import { createContainer } from '@/lib/engine/containers/create';
import {
  findContainer,
  getContainer,
  removeContainer,
  startContainer,
} from '@/lib/engine/containers/containers';
import { dfAnswer, measureDisk, pruneBuildCache, removeVolume } from './disk';
import { listNetworks } from './networks';
import { baseImage, describeEngine, engine } from '@/lib/engine/testing/real-engine';
import { listVolumes } from './volumes';

const { signal } = new AbortController();

describeEngine('the disk of the engine', () => {
  const made: string[] = [];
  afterAll(async () => {
    for (const id of made) if (await findContainer(engine, id)) await removeContainer(engine, id);
  });

  test('what containers and volumes hold is counted, and removed when nothing uses it', async () => {
    const script = 'head -c 2000000 /dev/zero > /written; head -c 1000000 /dev/zero > /data/kept';
    const { id } = await createContainer(engine, {
      image: baseImage,
      command: ['sh', '-c', script],
      binds: ['disk-test:/data'],
    });
    made.push(id);
    await startContainer(engine, id);
    const request = { terminal: false, follow: true, timestamps: false, signal };
    for await (const { bytes } of containerLogs(engine, id, request)) expect(bytes.toString()).toBe(''); // to its end

    // Its output ends a moment before the engine calls it ended.
    await vi.waitFor(async () => expect((await getContainer(engine, id)).state).toBe('exited'), 10_000);
    const use = await measureDisk(engine);
    const container = use.containers.find((one) => one.id === id);
    expect(container).toMatchObject({ state: 'exited' });
    expect(container!.size).toBeGreaterThanOrEqual(2_000_000);
    const volume = use.volumes.find(({ name }) => name === 'disk-test');
    expect(volume).toMatchObject({ users: 1, anonymous: false });
    expect(volume!.size).toBeGreaterThanOrEqual(1_000_000);
    expect(use.images.count).toBeGreaterThan(0);
    expect(use.layers).toBeGreaterThan(0);

    await expect(removeVolume(engine, 'disk-test')).rejects.toMatchObject({ code: 'conflict' });
    await removeContainer(engine, id, { force: false });
    expect((await listVolumes(engine)).map(({ name }) => name)).toContain('disk-test'); // it has a name
    await removeVolume(engine, 'disk-test');
    expect((await listVolumes(engine)).map(({ name }) => name)).not.toContain('disk-test');
  });

  test('an answer of neither shape is an error, not an empty disk', () => {
    expect(dfAnswer.safeParse({}).success).toBe(false);
    expect(dfAnswer.safeParse({ Images: [], Containers: [], Volumes: [] }).success).toBe(false);
    expect(dfAnswer.parse({ LayersSize: 0, Images: null })).toMatchObject({ layers: 0, images: [] });
  });

  test('one that runs is not removed as one that is stopped', async () => {
    const { id } = await createContainer(engine, { image: baseImage, command: ['sleep', '1000'] });
    made.push(id);
    await startContainer(engine, id);
    await expect(removeContainer(engine, id, { force: false })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('names that could lead elsewhere are refused before the engine is asked', async () => {
    for (const name of ['../etc', 'a/b', '', '.', 'a?b', '%2e%2e'])
      await expect(removeVolume(engine, name), name).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('the build cache can be emptied, and the networks are listed', async () => {
    const { removed, size } = await pruneBuildCache(engine, { all: true, signal });
    expect(removed).toBeGreaterThanOrEqual(0);
    expect(size).toBeGreaterThanOrEqual(0);
    // Docker 29 keeps what a cancelled build was using, and what that stands on.
    const { cache } = await measureDisk(engine);
    expect(cache.length === 0 || cache.some(({ inUse }) => inUse)).toBe(true);
    expect((await listNetworks(engine)).slice(0, 3).map(({ name }) => name)).toEqual([
      'bridge',
      'host',
      'none',
    ]);
  });
});
