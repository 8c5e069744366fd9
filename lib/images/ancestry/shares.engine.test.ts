import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { afterAll, expect, test, vi } from 'vitest';
import { callJson, callStream } from '@/lib/engine/wire/dial';
import { getImage, listImages, removeImage } from '@/lib/engine/images/images';
import { describeEngine, engine } from '@/lib/engine/testing/real-engine';
import { capabilitiesOf } from '@/lib/engine/capabilities';
import { engineFacts } from '@/lib/engine/system/status';
import { anatomyOf } from '@/lib/images/anatomy';
import { findAncestry } from './read-tree';
import { sharesOf } from './shares';

vi.mock('@/lib/engine/system/watch', () => ({
  currentEngine: () => Promise.resolve({ state: 'ready' }),
  isListening: () => false,
}));

const prefix = `kin-test-${process.pid}`;

/** An image of one more file than its base, by the classic builder. Returns its id. */
async function build(name: string, base: string, bytes: number): Promise<string> {
  const tar = pack();
  tar.entry({ name: 'Dockerfile' }, `FROM ${base}\nCOPY file /${name}\nENV NAME=${name}\n`);
  tar.entry({ name: 'file' }, randomBytes(bytes));
  tar.finalize();
  const query = { t: `${prefix}/${name}`, version: '1', rm: true };
  await text(
    await callStream(engine, { method: 'POST', path: '/build', query, file: tar as unknown as Readable }),
  );
  return (await getImage(engine, `${prefix}/${name}`)).id;
}

describeEngine('shared sizes on a real engine', () => {
  afterAll(async () => {
    for (const name of ['site', 'tools', 'base'])
      await removeImage(engine, `${prefix}/${name}`, { force: true }).catch(() => undefined);
  });

  test('they are those of the layers that no other image has, and the tree says who stands on whom', async () => {
    const base = await build('base', 'scratch', 30_000);
    const tools = await build('tools', `${prefix}/base`, 20_000);
    const site = await build('site', `${prefix}/tools`, 10_000);

    const ids = (await listImages(engine)).map(({ id }) => id);
    const anatomies = await anatomyOf(engine, ids, { ask: true });
    const shares = sharesOf(ids.map((id) => ({ id, ...anatomies.get(id)! })));
    const { keepsCompressedLayers } = capabilitiesOf(await engineFacts(engine));
    // A store with compressed layers counts unpacked ones in blocks, and the engine adds both.
    const usage = (await callJson(engine, { path: '/images/json', query: { 'shared-size': true } })) as {
      Id: string;
      Size: number;
      SharedSize: number;
    }[];
    const { Size, SharedSize } = usage.find(({ Id }) => Id === site)!;
    if (keepsCompressedLayers) {
      expect(shares.own.get(site)).toBeGreaterThan(10_000);
      expect(shares.own.get(site)).toBeLessThan(Size - SharedSize);
    } else expect(shares.own.get(site)).toBe(10_000);
    expect([shares.own.get(base), shares.own.get(tools)]).toEqual([0, 0]);
    expect(shares.unknown).toBe(0);

    const ancestry = await findAncestry(engine, tools);
    expect(ancestry?.ground.map((row) => row.image?.id)).toEqual([base, tools]);
    expect(ancestry?.carries.map((row) => row.image?.id)).toEqual([site]);
    expect(ancestry).toMatchObject({ own: 0, carriesAll: 1 });
    if (!keepsCompressedLayers) expect(ancestry).toMatchObject({ shared: 50_000 });
    expect(ancestry!.shared).toBeGreaterThanOrEqual(50_000);
    expect(await findAncestry(engine, `sha256:${'0'.repeat(64)}`)).toBeNull();
  });
});
