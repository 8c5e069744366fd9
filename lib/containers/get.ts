import 'server-only';
import type { Role } from '@/lib/commands/roles';
import { readableAssignments } from '@/lib/commands/values';
import { getContainer } from '@/lib/engine/containers/containers';
import type { Engine } from '@/lib/engine/engine';
import { hasImage } from '@/lib/engine/images/images';
import { engineFacts } from '@/lib/engine/system/status';
import { requireEngine } from '@/lib/operations/require-engine';
import { changeOf } from './change';
import type { ContainerView } from './schema';

/** All about one container, for its page. */
export async function getContainerView(
  engine: Engine,
  idOrName: string,
  user: { role: Role },
): Promise<ContainerView> {
  await requireEngine(engine);
  const container = await getContainer(engine, idOrName);
  const [imageKnown, { gate }] = await Promise.all([
    hasImage(engine, container.imageId || container.image),
    engineFacts(engine),
  ]);
  return {
    ...container,
    environment: readableAssignments(user, container.environment),
    change: changeOf(engine, container.id),
    imageKnown,
    gate,
  };
}
