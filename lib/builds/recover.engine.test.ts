import { afterAll, beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '@/lib/db/test-database';
import { commitContainer } from '@/lib/engine/containers/commit';
import { removeContainer } from '@/lib/engine/containers/containers';
import { createScratchContainer } from '@/lib/engine/containers/create';
import { getImage, imageRunConfig, removeImage, tagImage } from '@/lib/engine/images/images';
import { baseImage, describeEngine, engine } from '@/lib/engine/testing/real-engine';
import { pullOperation } from '@/lib/images/pull/pull';
import { startPush } from '@/lib/images/push';
import { removeOperation } from '@/lib/images/removal/remove';
import { follow } from '@/lib/operations/follow';
import { recoverOperations } from '@/lib/operations/recover';
import { stopRunner } from '@/lib/operations/runner';
import { claimOperation, createOperation, getOperation } from '@/lib/operations/store';
import { buildOptions } from '@/lib/projects/options/schema';
import { startReal } from '@/lib/registry/test-server';
import { buildOperation } from './run';

const user = { id: 'u', name: 'ada' };
await useTestDatabase();
afterAll(() => stopRunner());

/** What becomes of an operation that a server which died has left running. */
async function recovered(kind: string, input: object, meanwhile: () => Promise<unknown> = async () => null) {
  const id = await createOperation({ engine, kind, title: kind, input, user });
  await claimOperation(id, 'a dead process');
  await meanwhile();
  expect(await recoverOperations()).toBe(1);
  return getOperation(id);
}

describeEngine('builds and work on images that a crash has interrupted', () => {
  let registry: Awaited<ReturnType<typeof startReal>>;
  let reference = '';
  beforeAll(async () => {
    registry = await startReal();
    reference = `${registry.host}/recovered:1`;
    return () => registry.stop();
  });

  test('a pull is done where the engine has what the registry has', async () => {
    const id = await startPush(engine, { image: baseImage, target: { reference } }, user);
    for await (const _events of follow(id, 0, AbortSignal.timeout(30_000)));
    expect(await recovered(pullOperation.kind, { reference })).toMatchObject({ status: 'succeeded' });
    await removeImage(engine, reference, { force: false });
    expect((await recovered(pullOperation.kind, { reference })).errorMessage).toContain('has no image');
    const other = `${registry.host}/recovered:2`;
    await tagImage(engine, baseImage, other);
    expect((await recovered(pullOperation.kind, { reference: other })).errorMessage).toContain(
      'has another image as',
    );
    await removeImage(engine, other, { force: false });
  });

  test('a removal counts what is gone', async () => {
    const listed = ({ id }: { id: string }) => ({ id, name: 'x', tags: [], size: 1 });
    const there = listed(await getImage(engine, baseImage));
    const gone = listed({ id: `sha256:${'0'.repeat(64)}` });
    const remove = (images: object[]) => recovered(removeOperation.kind, { images, withStopped: false });
    expect((await remove([there, gone])).errorMessage).toContain('1 of 2 images removed; the others');
    expect((await remove([gone])).errorMessage).toContain('Removed: 1 image.');
  });

  test('a build that the engine has tagged since is said', async () => {
    const tag = 'layerwright-test-recovered:1';
    const input = { projectId: 'p', options: buildOptions.parse({ tags: [tag] }), push: false };
    expect((await recovered(buildOperation.kind, input)).errorMessage).not.toContain(tag);
    const base = await getImage(engine, baseImage);
    const container = await createScratchContainer(engine, base.id, `recovered-${Date.now()}`, ['true'], '');
    const config = await imageRunConfig(engine, baseImage);
    const finish = () =>
      commitContainer(
        engine,
        { container, reference: tag, message: '', author: '', pause: false, config },
        AbortSignal.timeout(10_000),
      );
    expect((await recovered(buildOperation.kind, input, finish)).errorMessage).toContain(`an image ${tag}`);
    await removeContainer(engine, container);
    await removeImage(engine, tag, { force: true });
  });
});
