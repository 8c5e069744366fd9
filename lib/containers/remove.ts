import 'server-only';
import { containerSize, getContainer, removeContainer } from '@/lib/engine/containers/containers';
import type { Engine } from '@/lib/engine/engine';
import { AppError, asAppError } from '@/lib/errors';
import { containersChanged } from '@/lib/operations/watch';
import { requireEngine } from '@/lib/operations/require-engine';
import type { ContainerId } from '@/lib/ids';
import { type ContainerRemoval, isAlive } from './schema';

/** What would go with it, for the question before it. */
export async function describeRemoval(engine: Engine, id: ContainerId): Promise<ContainerRemoval> {
  await requireEngine(engine);
  const { mounts } = await getContainer(engine, id);
  const volumes = mounts.filter(({ kind }) => kind === 'volume');
  return {
    // It takes long where there are very many files; then the question is asked without the figure.
    size: await containerSize(engine, id).catch((error: unknown) => {
      if (asAppError(error).code === 'not_found') throw error;
      return null;
    }),
    anonymousVolumes: volumes.filter(({ anonymous }) => anonymous).length,
    namedVolumes: volumes.filter(({ anonymous }) => !anonymous).map(({ name }) => name),
  };
}

/** Removes a container; one that runs only where that is wanted in so many words. Returns its name. */
export async function dropContainer(
  engine: Engine,
  id: ContainerId,
  { force, volumes }: { force: boolean; volumes: boolean },
): Promise<{ name: string }> {
  await requireEngine(engine);
  const { name, state } = await getContainer(engine, id);
  if (isAlive(state) && !force) {
    throw new AppError('conflict', `${name} is ${state}.`, {
      hint: 'Stop it first, or tick the box to kill and remove it.',
    });
  }
  await removeContainer(engine, id, { force, volumes });
  containersChanged(engine);
  return { name };
}
