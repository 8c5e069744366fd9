import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { findImage } from '@/lib/engine/images/images';
import type { OperationId } from '@/lib/ids';
import type { Recovery } from '@/lib/operations/kinds';
import { getOperation } from '@/lib/operations/store';
import type { BuildInput, BuildResult } from './schema';

/** After a crash: an engine that was at the end of a build may have finished and tagged it. */
export async function recoverBuild(
  engine: Engine,
  id: OperationId,
  { options: { tags } }: BuildInput,
): Promise<Recovery<BuildResult> | null> {
  const { startedAt, queuedAt } = await getOperation(id);
  const images = await Promise.all(tags.map((tag) => findImage(engine, tag)));
  const made = tags.filter((_tag, index) => (images[index]?.created ?? 0) >= (startedAt ?? queuedAt));
  if (!made.length) return null;
  return {
    succeeded: false,
    message: `Interrupted: the server stopped while this ran. Since this build began, the engine has made an image ${made.join(', ')}. Everything it had said until then is kept.`,
  };
}
