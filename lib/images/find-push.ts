import 'server-only';
import { getEngine } from '@/lib/engine/engines';
import { findImage } from '@/lib/engine/images/images';
import { AppError } from '@/lib/errors';
import { shortDigest } from '@/lib/format/text';
import { requireEngine } from '@/lib/operations/require-engine';
import type { EngineId, ImageId, OperationId } from '@/lib/ids';
import { pushOperation } from './push';
import type { PushDetails, PushLayer } from './schema';

/** Empty where the image is gone or the engine away. */
async function layersOf(engineId: EngineId, imageId: ImageId): Promise<PushLayer[]> {
  const look = async () => {
    const engine = getEngine(engineId);
    await requireEngine(engine);
    return findImage(engine, imageId);
  };
  const image = await look().catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  return (image?.history ?? []).flatMap(({ layer, kind, size, instruction, comment }) =>
    layer ? [{ id: shortDigest(layer), kind, size, label: instruction || comment || 'Imported' }] : [],
  );
}

/** A push with what went in and came out; null for another kind of operation, or none. */
export async function findPush(id: OperationId): Promise<PushDetails | null> {
  const push = await pushOperation.find(id);
  return push && { ...push, layers: await layersOf(push.operation.engineId, push.input.imageId) };
}
