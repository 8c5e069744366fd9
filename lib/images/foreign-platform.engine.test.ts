import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { packTar } from '@/bin/tar.js';
import { capabilitiesOf } from '@/lib/engine/capabilities';
import { loadImages } from '@/lib/engine/images/archives';
import { findImage, getImage, hasImage } from '@/lib/engine/images/images';
import { engineFacts } from '@/lib/engine/system/status';
import { baseImage, describeEngine, engine } from '@/lib/engine/testing/real-engine';
import { finish } from '@/lib/engine/testing/run';
import { roomOf, sharesOf } from './ancestry/shares';
import { anatomyOf, isComplete } from './anatomy';
import { dropImage } from './remove';

const reference = 'lw-test-foreign:1';

/** A saved image that no engine of this machine can run. */
function foreignArchive() {
  const layer = packTar([{ path: 'file', type: 'file', content: Buffer.alloc(50_000, 'x') }]);
  const config = {
    architecture: process.arch === 'x64' ? 'arm64' : 'amd64',
    os: 'linux',
    config: {},
    rootfs: { type: 'layers', diff_ids: [`sha256:${createHash('sha256').update(layer).digest('hex')}`] },
    history: [{ created: '2026-01-01T00:00:00Z', created_by: 'RUN make foreign' }],
  };
  const manifest = [{ Config: 'config.json', RepoTags: [reference], Layers: ['layer.tar'] }];
  const json = (value: unknown) => Buffer.from(JSON.stringify(value));
  return packTar([
    { path: 'config.json', type: 'file', content: json(config) },
    { path: 'layer.tar', type: 'file', content: layer },
    { path: 'manifest.json', type: 'file', content: json(manifest) },
  ]);
}

async function load(bytes: Buffer) {
  async function* pieces() {
    yield bytes;
  }
  const body = { bytes: pieces(), size: bytes.length, read: () => bytes.length };
  const { result, error } = await finish(loadImages(engine, body, AbortSignal.timeout(20_000)));
  expect(error).toBeNull();
  return result![0]!.id;
}

describeEngine('an image of another platform', () => {
  afterEach(async () => {
    const image = await findImage(engine, reference);
    if (image) await dropImage(engine, image.id, { force: true });
  });

  test('is there, has a size only if the engine knows it, and spoils no other image’s', async () => {
    const id = await load(foreignArchive());
    const image = await getImage(engine, reference);
    expect(image).toMatchObject({ id, layers: [expect.any(String)] });
    const base = (await getImage(engine, baseImage)).id;
    const anatomies = await anatomyOf(engine, [id, base], { ask: true });
    expect(isComplete(anatomies.get(base)!)).toBe(true);
    const { keepsCompressedLayers } = capabilitiesOf(await engineFacts(engine));
    expect(isComplete(anatomies.get(id)!)).toBe(!keepsCompressedLayers);
    const layered = [...anatomies].map(([id, anatomy]) => ({ id, ...anatomy }));
    const { own, unknown } = sharesOf(layered);
    expect(own.get(base)).toBeGreaterThan(1_000_000);
    expect(own.get(id)).toBe(keepsCompressedLayers ? undefined : 50_000);
    expect(unknown).toBe(keepsCompressedLayers ? 1 : 0);
    expect(roomOf(new Set([id]), layered)).toEqual({
      bytes: keepsCompressedLayers ? 0 : 50_000,
      isLeast: keepsCompressedLayers,
    });
  });

  test('is gone when it is removed', async () => {
    const id = await load(foreignArchive());
    await dropImage(engine, id, { force: false });
    expect(await hasImage(engine, id)).toBe(false);
  });
});
