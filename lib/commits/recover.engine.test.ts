import { beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '@/lib/db/test-database';
import { commitContainer } from '@/lib/engine/containers/commit';
import { removeContainer } from '@/lib/engine/containers/containers';
import { createScratchContainer } from '@/lib/engine/containers/create';
import { findImage, imageRunConfig, removeImage } from '@/lib/engine/images/images';
import { baseImage, describeEngine, engine } from '@/lib/engine/testing/real-engine';
import { temporaryName } from '@/lib/images/archives/temporary-name';
import { importOperation } from '@/lib/images/archives/import';
import { loadOperation } from '@/lib/images/archives/load';
import { loadState } from '@/lib/operations/load-state';
import { openRecorder } from '@/lib/operations/recorder';
import { recoverOperations } from '@/lib/operations/recover';
import { claimOperation, createOperation, getOperation } from '@/lib/operations/store';
import { commitOperation } from './commit';
import { startCommitInput } from './schema';
import { findCommit, insertCommit, updateCommit } from './store';

const user = { id: 'u1', name: 'Ada' };
const never = new AbortController().signal;

await useTestDatabase();

/** An operation that a server which died has left running. */
async function leaveBehind(kind: string, input: object, write?: Parameters<typeof createOperation>[1]) {
  const id = await createOperation({ engine, kind, title: kind, input, user }, write);
  await claimOperation(id, 'a dead process');
  return id;
}

async function leaveCommit(containerId: string, given: object, { planned = true } = {}) {
  const rest = { reference: '', changes: {}, leaveOut: {} };
  const input = startCommitInput.parse({ containerId, ...rest, ...given });
  const { reference, message, author, changes } = input;
  const id = await leaveBehind(commitOperation.kind, input, (tx, operationId) =>
    insertCommit(tx, {
      id: operationId,
      containerId,
      containerName: 'c',
      reference,
      baseName: baseImage,
      message,
      author,
      changes,
    }),
  );
  const base = await findImage(engine, baseImage);
  if (planned) await updateCommit(id, { baseId: base!.id, way: 'engine', leftOut: 0 });
  return { id, input };
}

/** What the engine goes on doing when the server has died. */
const finish = async (
  container: string,
  input: { reference: string | null; message: string; author: string },
) =>
  commitContainer(
    engine,
    { ...input, container, pause: false, config: await imageRunConfig(engine, baseImage) },
    never,
  );

async function recovered(id: string) {
  expect(await recoverOperations()).toBe(1);
  return getOperation(id);
}

describeEngine('commits, loads and imports that a crash has interrupted', () => {
  let container = '';
  beforeAll(async () => {
    const { id } = (await findImage(engine, baseImage))!;
    container = await createScratchContainer(engine, id, `recover-${Date.now()}`, ['true'], '');
    return () => removeContainer(engine, container);
  });

  test('a commit that the engine has finished is found, with a name and without', async () => {
    for (const reference of ['layerwright-test-recover:1', '']) {
      const message = `Of ${reference}`;
      const { id, input } = await leaveCommit(container, { reference, message });
      const imageId = await finish(container, input);
      expect(await recovered(id)).toMatchObject({
        status: 'succeeded',
        errorMessage: expect.stringContaining('the engine has the image') as string,
      });
      expect(await findCommit(id)).toMatchObject({ imageId });
      await removeImage(engine, imageId, { force: true });
    }
  });

  test('it is found, too, where the engine finishes it only after the start', async () => {
    const { id, input } = await leaveCommit(container, { reference: 'layerwright-test-recover:2' });
    const recovery = recoverOperations();
    await finish(container, input);
    await recovery;
    expect(await getOperation(id)).toMatchObject({ status: 'succeeded' });
    await removeImage(engine, 'layerwright-test-recover:2', { force: true });
  });

  test('an older image of that name is not taken for it, and nobody says that nothing was left', async () => {
    await finish(container, { reference: 'layerwright-test-recover:3', message: '', author: '' });
    await new Promise((resolve) => setTimeout(resolve, 5));
    const { id } = await leaveCommit(container, { reference: 'layerwright-test-recover:3' });
    expect(await recovered(id)).toMatchObject({
      status: 'interrupted',
      errorMessage: expect.stringContaining(
        'The engine has no image of it. A large layer may still',
      ) as string,
    });
    await removeImage(engine, 'layerwright-test-recover:3', { force: true });
  });

  test('a commit that had not got as far has changed nothing', async () => {
    const { id } = await leaveCommit(container, {}, { planned: false });
    expect((await recovered(id)).errorMessage).toContain(
      'It had changed nothing in the engine. Commit again.',
    );
  });

  test('a load names the images that the engine has of it', async () => {
    const id = await leaveBehind(loadOperation.kind, { uploadId: 'a'.repeat(32) });
    const recorder = openRecorder(id, await loadState(id));
    const text = `Loaded image: ${baseImage}\nLoaded image: never-there:1\n`;
    await recorder.emit({ type: 'step', step: 'load', name: 'Load the images', started: 1 });
    await recorder.emit({ type: 'log', step: 'load', stream: 'stdout', text });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await recovered(id)).errorMessage).toContain(
      `The engine has 1 image of the archive: ${baseImage}.`,
    );
  });

  test('an import leaves nothing of a part, and says whether there is an image', async () => {
    const input = { uploadId: 'a'.repeat(32), reference: 'layerwright-test-recover:4' };
    const none = await leaveBehind(importOperation.kind, input);
    expect((await recovered(none)).errorMessage).toContain('has not made layerwright-test-recover:4');
    const part = await leaveBehind(importOperation.kind, input);
    await finish(container, { reference: temporaryName(part), message: '', author: '' });
    expect((await recovered(part)).errorMessage).toContain('The part that had arrived is removed.');
    expect(await findImage(engine, temporaryName(part))).toBeNull();
    const whole = await leaveBehind(importOperation.kind, input);
    await finish(container, { reference: input.reference, message: '', author: '' });
    expect((await recovered(whole)).errorMessage).toContain('the engine has made layerwright-test-recover:4');
    await removeImage(engine, input.reference, { force: true });
  });
});
