import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { afterEach, expect, test } from 'vitest';
import { packTar } from '@/bin/tar.js';
import { importImage, loadedIn, loadImages, saveImages } from './archives';
import { callJson } from '@/lib/engine/wire/dial';
import { findImage, findLayers, listParents, removeImage, tagImage } from './images';
import type { ArchiveBody } from '@/lib/engine/wire/send-body';
import { stateOf } from '@/lib/engine/testing/recorded';
import { baseImage, describeEngine, engine } from '@/lib/engine/testing/real-engine';
import { finish } from '@/lib/engine/testing/run';

const never = new AbortController().signal;
const prefix = `archives-test-${process.pid}`;

/** A body that gives its bytes in pieces. */
function bodyOf(bytes: Buffer, piece = 64 * 1024): ArchiveBody {
  let read = 0;
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += piece) {
      const part = bytes.subarray(at, at + piece);
      read += part.length;
      yield part;
    }
  }
  return { bytes: pieces(), size: bytes.length, read: () => read };
}

const rootFiles = (seed: string) =>
  packTar([
    { path: 'etc/', type: 'directory' },
    { path: 'etc/seed', type: 'file', content: Buffer.from(seed) },
    { path: 'large', type: 'file', content: randomBytes(200_000) },
  ]);

async function entriesOf(archive: Buffer): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  const reader = extract();
  Readable.from(archive).pipe(reader);
  for await (const entry of reader) {
    const parts: Buffer[] = [];
    for await (const part of entry) parts.push(part as Buffer);
    found.set(entry.header.name, Buffer.concat(parts));
  }
  return found;
}

const save = async (names: string[]): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of await saveImages(engine, names, never)) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

const importRequest = (name: string, changes: string[] = []) => ({
  reference: `${prefix}/${name}`,
  temporary: `${temporaryRepository}:${randomBytes(8).toString('hex')}`,
  changes,
  message: 'made for a test',
});

const temporaryRepository = 'layerwright-import-test';

async function tagsOf(repository: string): Promise<string[]> {
  const images = (await callJson(engine, { path: '/images/json' })) as { RepoTags: string[] | null }[];
  return images.flatMap(({ RepoTags }) => RepoTags ?? []).filter((tag) => tag.startsWith(repository));
}

describeEngine('archives on a real engine', () => {
  afterEach(async () => {
    for (const tag of await tagsOf(prefix)) await removeImage(engine, tag, { force: true });
    await expect.poll(() => tagsOf(temporaryRepository), { timeout: 5000 }).toEqual([]);
  });

  test('a root file system becomes an image with the settings that were asked for', async () => {
    const bytes = gzipSync(rootFiles('import'));
    const { events, result, error } = await finish(
      importImage(
        engine,
        bodyOf(bytes),
        importRequest('base:1', ['CMD ["/large"]', 'ENV A="b c"', 'LABEL x=y']),
        never,
      ),
    );
    expect(error).toBeNull();
    const image = await findImage(engine, `${prefix}/base:1`);
    expect(result).toEqual({ id: image!.id });
    expect(image!.config).toMatchObject({
      command: ['/large'],
      environment: expect.arrayContaining(['A=b c']),
    });
    expect(image!.comment).toBe('made for a test');
    expect(image!.layers).toHaveLength(1);
    const [step] = stateOf(events).steps;
    expect(step).toMatchObject({
      id: 'import',
      progress: [{ id: 'sent', state: 'done', current: bytes.length, total: bytes.length }],
    });
  });

  test('what is no archive, or half of one, is refused in plain words and leaves no image', async () => {
    const whole = rootFiles('half');
    const half = await finish(
      importImage(engine, bodyOf(whole.subarray(0, 100_000)), importRequest('half:1'), never),
    );
    expect(half.error).toMatchObject({
      code: 'invalid_input',
      message: 'The archive is damaged or incomplete.',
    });
    expect(stateOf(half.events).steps[0]!.error).toBe('The archive is damaged or incomplete.');
    const noise = await finish(
      importImage(engine, bodyOf(randomBytes(50_000)), importRequest('noise:1'), never),
    );
    expect(noise.error).toMatchObject({ code: 'invalid_input' });
    const load = async (bytes: Buffer) => (await finish(loadImages(engine, bodyOf(bytes), never))).error;
    expect(await load(whole)).toMatchObject({ message: 'This is not an archive of saved images.' });
    expect(await load(randomBytes(50_000))).toMatchObject({
      message: 'The archive is damaged or incomplete.',
    });
    expect(await findImage(engine, `${prefix}/half:1`)).toBeNull();
    expect(await findImage(engine, `${prefix}/noise:1`)).toBeNull();
  });

  test.each([10_000, 100_000, 190_000])(
    'half an archive, cut at %i, leaves the image that has the name',
    async (cut) => {
      const reference = `${prefix}/taken:1`;
      await tagImage(engine, baseImage, reference);
      const { id } = (await findImage(engine, reference))!;
      const part = rootFiles('taken').subarray(0, cut);
      const { error } = await finish(importImage(engine, bodyOf(part), importRequest('taken:1'), never));
      expect(error).toMatchObject({ code: 'invalid_input' });
      expect((await findImage(engine, reference))!.id).toBe(id);
    },
  );

  test('what breaks on our side ends the sending with its own error', async () => {
    const broken: ArchiveBody = {
      // oxlint-disable-next-line require-yield -- it breaks before the first byte
      bytes: (async function* (): AsyncGenerator<Uint8Array> {
        throw new Error('the file is gone');
      })(),
      size: 10,
      read: () => 0,
    };
    const { error } = await finish(importImage(engine, broken, importRequest('broken:1'), never));
    expect(error).toMatchObject({ code: 'internal' });
    expect((error!.cause as Error).message).toBe('the file is gone');
  });

  test('a cancel ends it, and no image is made', async () => {
    const stop = new AbortController();
    async function* endless() {
      for (;;) {
        yield randomBytes(64 * 1024);
        stop.abort();
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    const body = { bytes: endless(), size: 1e12, read: () => 1 };
    const { error } = await finish(importImage(engine, body, importRequest('endless:1'), stop.signal));
    expect(error).toMatchObject({ code: 'cancelled' });
    expect(await findImage(engine, `${prefix}/endless:1`)).toBeNull();
  });

  test('images are saved together, and loaded again as they were', async () => {
    for (const name of ['one:1', 'two:1'])
      expect(
        (await finish(importImage(engine, bodyOf(rootFiles(name)), importRequest(name), never))).error,
      ).toBeNull();
    const names = [`${prefix}/one:1`, `${prefix}/two:1`];
    const ids = await Promise.all(names.map(async (name) => (await findImage(engine, name))!.id));
    const archive = await save(names);
    const manifest = JSON.parse((await entriesOf(archive)).get('manifest.json')!.toString()) as {
      RepoTags: string[];
    }[];
    expect(manifest.flatMap(({ RepoTags }) => RepoTags).toSorted()).toEqual(names);

    for (const name of names) await removeImage(engine, name, { force: false });
    const { result, events } = await finish(loadImages(engine, bodyOf(archive), never));
    expect(result?.toSorted((a, b) => (a.reference! < b.reference! ? -1 : 1))).toEqual(
      names.map((reference, index) => ({ reference, id: ids[index] })),
    );
    const bars = stateOf(events).steps[0]!.progress;
    expect(bars[0]).toMatchObject({ id: 'sent', state: 'done', total: archive.length });
    expect(bars.slice(1).every(({ state }) => state === 'done')).toBe(true);
  });

  test('an image saved by its id comes back without a name', async () => {
    await finish(importImage(engine, bodyOf(rootFiles('nameless')), importRequest('nameless:1'), never));
    const { id } = (await findImage(engine, `${prefix}/nameless:1`))!;
    const archive = await save([id]);
    await removeImage(engine, id, { force: true });
    const { result } = await finish(loadImages(engine, bodyOf(archive), never));
    expect(result).toEqual([{ reference: null, id }]);
    await removeImage(engine, id, { force: true });
  });

  test('what is not there cannot be saved, and a bad name does not reach the engine', async () => {
    await expect(saveImages(engine, [`${prefix}/none:1`], never)).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(() => saveImages(engine, ['Not A Name'], never)).toThrow('is not an image name');
    expect(() => saveImages(engine, [baseImage, '../x'], never)).toThrow('is not an image name');
    expect(() => saveImages(engine, [], never)).toThrow('Choose an image');
  });

  test('layers of an image are read, with the instructions that made them', async () => {
    const { id } = (await findImage(engine, baseImage))!;
    const found = await findLayers(engine, id);
    expect(found?.layers).toHaveLength(1);
    expect(found?.history).toHaveLength(1);
    expect(
      await findLayers(engine, `sha256:${createHash('sha256').update('none').digest('hex')}`),
    ).toBeNull();
    expect(await listParents(engine)).toBeInstanceOf(Map);
  });
});

test('what was loaded is read from the engine’s words, Docker’s and Podman’s', () => {
  expect(loadedIn('Loaded image: mysite:1\n')).toEqual(['mysite:1']);
  expect(loadedIn('Loaded image ID: sha256:abc\n')).toEqual(['sha256:abc']);
  expect(loadedIn('Loaded image(s): a:1,b:2')).toEqual(['a:1', 'b:2']);
  expect(loadedIn('The image mysite:1 already exists, renaming the old one')).toEqual([]);
});
