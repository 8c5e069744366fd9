import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { afterEach, expect, it, vi } from 'vitest';
import { callJson, callStream } from '@/lib/engine/wire/dial';
import { findImage, removeImage } from '@/lib/engine/images/images';
import { describeEngine, engine } from '@/lib/engine/testing/real-engine';
import { parseReference } from '@/lib/references/reference';
import { getImageView } from './get';
import { dropImage } from './remove';
import { addTag } from './tag';
import { removeTag } from './untag';

// The watch looks for queued work, too, and there is no database here.
vi.mock('@/lib/engine/system/watch', () => ({
  currentEngine: () => Promise.resolve({ state: 'ready' }),
  isListening: () => false,
}));

const prefix = `tags-test-${process.pid}`;
const made: string[] = [];

/** An image of its own, under this name. */
async function make(name: string): Promise<string> {
  const tar = pack();
  tar.entry({ name: 'file' }, randomBytes(64));
  tar.finalize();
  const [repo, tag] = name.split(':');
  const file = tar as unknown as Readable;
  await text(
    await callStream(engine, {
      method: 'POST',
      path: '/images/create',
      query: { fromSrc: '-', repo, tag },
      file,
    }),
  );
  const { id } = (await findImage(engine, name))!;
  made.push(id);
  return id;
}

const reference = (name: string) => {
  const parsed = parseReference(name);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.reference;
};

describeEngine('names of images on a real engine', () => {
  afterEach(async () => {
    for (const id of made.splice(0))
      if (await findImage(engine, id)) await removeImage(engine, id, { force: true });
  });

  it('a name is added, and taken off alone', async () => {
    const id = await make(`${prefix}:1`);
    expect(await addTag(engine, id, reference(`registry-host:5000/me/${prefix}`), { move: false })).toBe(
      `registry-host:5000/me/${prefix}:latest`,
    );
    const view = await getImageView(engine, id);
    expect(view.tags).toEqual([`${prefix}:1`, `registry-host:5000/me/${prefix}:latest`]);
    expect(view.users).toEqual([]);
    expect(await removeTag(engine, id, `${prefix}:1`, { withImage: false })).toEqual({ imageRemoved: false });
    expect((await getImageView(engine, id)).tags).toEqual([`registry-host:5000/me/${prefix}:latest`]);
  });

  it('a name of another image is moved only when that is wanted', async () => {
    const [one, other] = [await make(`${prefix}:one`), await make(`${prefix}:other`)];
    const name = reference(`${prefix}:one`);
    await expect(addTag(engine, other, name, { move: false })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('would be left without a name'),
    });
    await addTag(engine, one, reference(`${prefix}:spare`), { move: false });
    await expect(addTag(engine, other, name, { move: false })).rejects.toThrow('keeps its other names');
    await addTag(engine, other, name, { move: true });
    expect((await getImageView(engine, one)).tags).toEqual([`${prefix}:spare`]);
    // What the page still showed is not taken from the image that has the name now.
    await expect(removeTag(engine, one, `${prefix}:one`, { withImage: false })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('the last name goes only together with the image, in so many words', async () => {
    const id = await make(`${prefix}:last`);
    await expect(removeTag(engine, id, `${prefix}:last`, { withImage: false })).rejects.toThrow(
      'the last name',
    );
    expect(await findImage(engine, id)).not.toBeNull();
    expect(await removeTag(engine, id, `${prefix}:last`, { withImage: true })).toEqual({
      imageRemoved: true,
    });
    expect(await findImage(engine, id)).toBeNull();
    await expect(getImageView(engine, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('an image goes with all its names; one that containers were made from only by force', async () => {
    const id = await make(`${prefix}:gone`);
    await addTag(engine, id, reference(`other-${prefix}:2`), { move: false });
    const { Id } = (await callJson(engine, {
      method: 'POST',
      path: '/containers/create',
      body: { Image: id, Cmd: ['x'] },
    })) as { Id: string };
    try {
      await expect(dropImage(engine, id, { force: false })).rejects.toThrow(
        '1 stopped container was made from this image',
      );
      const { untagged, deleted } = await dropImage(engine, id, { force: true });
      expect(untagged).toEqual(expect.arrayContaining([`${prefix}:gone`, `other-${prefix}:2`]));
      expect(deleted).toContain(id);
    } finally {
      await callJson(engine, { method: 'DELETE', path: `/containers/${Id}` });
    }
  });
});
