import { expect, test } from 'vitest';
import { findProof, insertProof } from '@/lib/comparisons/store';
import { useTestDatabase } from '@/lib/db/test-database';
import { findContainer } from '@/lib/engine/containers/containers';
import { createScratchContainer } from '@/lib/engine/containers/create';
import { baseImage, describeEngine, engine } from '@/lib/engine/testing/real-engine';
import { recoverOperations } from '@/lib/operations/recover';
import { claimOperation, createOperation, getOperation } from '@/lib/operations/store';
import { createFilled } from '@/lib/projects/create';
import { recipeOperation } from './create';

const user = { id: 'u1', name: 'Ada' };
const image = { imageId: 'sha256:1', imageName: 'made:1', baseId: 'sha256:0', commitId: 'commit0000000001' };

await useTestDatabase();

/** An operation that a server which died has left running. */
async function leaveBehind(name: string) {
  const input = { name, dockerfile: 'FROM busybox\n', files: [], rest: [], ...image };
  const id = await createOperation({ engine, kind: recipeOperation.kind, title: name, input, user });
  await claimOperation(id, 'a dead process');
  return id;
}

describeEngine('a project from a recipe that a crash has interrupted', () => {
  test('says whether it was created; what read the image is removed', async () => {
    const none = await leaveBehind('not made');
    const reader = await createScratchContainer(engine, baseImage, `layerwright-read-${none}`, ['-'], '');
    expect(await recoverOperations()).toBe(1);
    expect(await getOperation(none)).toMatchObject({
      status: 'interrupted',
      errorMessage: expect.stringContaining('No project was created') as string,
    });
    expect(await findContainer(engine, reader)).toBeNull();

    const made = await leaveBehind('made');
    await createFilled(
      { madeBy: made, name: 'made' },
      () => Promise.resolve(),
      (tx, projectId) => insertProof(tx, { projectId, ...image }),
    );
    expect(await recoverOperations()).toBe(1);
    expect(await recipeOperation.get(made)).toMatchObject({
      operation: { status: 'succeeded' },
      result: { projectId: made },
    });
    expect(await findProof(made)).toMatchObject(image);
  });
});
