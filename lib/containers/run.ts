import 'server-only';
import { createContainer, type ContainerRequest } from '@/lib/engine/containers/create';
import { getContainer, removeContainer, startContainer } from '@/lib/engine/containers/containers';
import type { Engine } from '@/lib/engine/engine';
import { getImage } from '@/lib/engine/images/images';
import { AppError } from '@/lib/errors';
import { containersChanged } from '@/lib/operations/watch';
import { requireEngine } from '@/lib/operations/require-engine';
import type { z } from 'zod';
import type { ContainerId } from '@/lib/ids';
import { requestedIsolation } from './isolation';
import type { runInput } from './run-schema';
import { makerLabel, originLabel, originRun } from './schema';

type Wanted = z.output<typeof runInput>;

const bind = ({ source, target, readOnly }: Wanted['mounts'][number]) =>
  `${source}:${target}${readOnly ? ':ro' : ''}`;

const orNothing = <T>(list: T[]): T[] | undefined => (list.length > 0 ? list : undefined);

function toRequest(wanted: Wanted, image: string, maker: string): ContainerRequest {
  const { name, entrypoint, command, ports, publishOn, environment, mounts, restart, network } = wanted;
  return {
    image,
    name: name || undefined,
    entrypoint: orNothing(entrypoint),
    command: orNothing(command),
    environment: environment.map((one) => `${one.name}=${one.value}`),
    labels: { [originLabel]: originRun, [makerLabel]: maker },
    ports: ports.map((port) => ({ ...port, address: publishOn })),
    binds: mounts.map(bind),
    restart,
    network,
    autoRemove: wanted.autoRemove,
    ...requestedIsolation(
      wanted,
      mounts.map(({ target }) => target),
    ),
  };
}

/** Runs an image: makes a container of it and starts it. One that cannot be started is not left behind. */
export async function runImage(
  engine: Engine,
  wanted: Wanted,
  user: string,
): Promise<{ id: ContainerId; name: string; warnings: string[] }> {
  await requireEngine(engine);
  const image = await getImage(engine, wanted.image);
  // By its name where that still is its name, so that the list says what was run.
  const named = image.tags.includes(wanted.image) ? wanted.image : (image.tags[0] ?? image.id);
  const { id, warnings } = await createContainer(engine, toRequest(wanted, named, user));
  try {
    await startContainer(engine, id);
  } catch (error) {
    await removeContainer(engine, id, { force: true, volumes: true });
    throw error;
  } finally {
    containersChanged(engine);
  }
  const name = wanted.name || (await readName(engine, id));
  return { id, name, warnings };
}

/** One that removes itself may be gone by now. */
async function readName(engine: Engine, id: ContainerId): Promise<string> {
  try {
    return (await getContainer(engine, id)).name;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return id.slice(0, 12);
    throw error;
  }
}
