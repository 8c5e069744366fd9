import 'server-only';
import { getContainer } from '@/lib/engine/containers/containers';
import type { Engine } from '@/lib/engine/engine';
import { findImage } from '@/lib/engine/images/images';
import { requireEngine } from '@/lib/operations/require-engine';
import { changeOf } from './change';
import type { ContainerView } from './schema';

/** Values of the environment are often passwords: those who may only look see the names. */
const withoutValues = (environment: string[]) => environment.map((entry) => entry.split('=')[0]!);

/** All about one container, for its page. */
export async function getContainerView(
  engine: Engine,
  idOrName: string,
  { values }: { values: boolean },
): Promise<ContainerView> {
  await requireEngine(engine);
  const container = await getContainer(engine, idOrName);
  const image = await findImage(engine, container.imageId || container.image);
  return {
    ...container,
    environment: values ? container.environment : withoutValues(container.environment),
    change: changeOf(engine, container.id),
    imageKnown: image !== null,
  };
}
