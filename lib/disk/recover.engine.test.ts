import { expect, test } from 'vitest';
import { useTestDatabase } from '@/lib/db/test-database';
import { removeContainer } from '@/lib/engine/containers/containers';
import { createScratchContainer } from '@/lib/engine/containers/create';
import { baseImage, describeEngine, engine } from '@/lib/engine/testing/real-engine';
import { recoverOperations } from '@/lib/operations/recover';
import { claimOperation, createOperation, getOperation } from '@/lib/operations/store';
import { pruneOperation } from './prune';
import type { PruneInput } from './schema';

const user = { id: 'u1', name: 'Ada' };

await useTestDatabase();

/** What becomes of a clean-up that a server which died has left running. */
async function recovered(input: PruneInput) {
  const id = await createOperation({ engine, kind: pruneOperation.kind, title: 'Clean up', input, user });
  await claimOperation(id, 'a dead process');
  expect(await recoverOperations()).toBe(1);
  return getOperation(id);
}

describeEngine('a clean-up that a crash has interrupted', () => {
  test('is asked of the engine: what is gone, and what is still there', async () => {
    const make = (name: string) => createScratchContainer(engine, baseImage, name, ['true'], '');
    const names = [1, 2].map((number) => `pruned-${number}-${Date.now()}`);
    const ids = [await make(names[0]!), await make(names[1]!)];
    await removeContainer(engine, ids[0]!);
    expect(await recovered({ what: 'containers', ids })).toMatchObject({
      status: 'interrupted',
      errorMessage: `Interrupted: the server stopped during the clean-up. Of 2 containers, 1 were removed. Still there: ${names[1]}.`,
    });
    await removeContainer(engine, ids[1]!);
    expect(await recovered({ what: 'containers', ids })).toMatchObject({
      status: 'succeeded',
      errorMessage: expect.stringContaining('has none of the 2 containers any more') as string,
    });
    expect(await recovered({ what: 'volumes', names: ['never-there'] })).toMatchObject({
      status: 'succeeded',
    });
    expect((await recovered({ what: 'build-cache', all: false })).errorMessage).toContain(
      'may have been removed',
    );
  });
});
