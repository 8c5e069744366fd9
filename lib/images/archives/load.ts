import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { loadImages } from '@/lib/engine/images/archives';
import { AppError } from '@/lib/errors';
import { imageWorkHref } from '@/lib/images/href';
import { defineOperation } from '@/lib/operations/define';
import { isEngineThere } from '@/lib/engine/system/watch';
import type { OperationContext } from '@/lib/operations/kinds';
import { getFinishedUpload } from '@/lib/uploads/store';
import { discardUpload, withUpload } from '@/lib/uploads/with-upload';
import type { Actor } from '@/lib/ids';
import { openUpload } from './open';
import { recoverLoad } from './recover';
import { type LoadInput, loadInput, type LoadResult, loadResult } from './schema';

/** Puts the images of an uploaded archive into the engine. Returns the operation's id at once. */
export async function startLoad(engine: Engine, input: LoadInput, user: Actor): Promise<string> {
  const upload = await getFinishedUpload(input.uploadId, user.id);
  const kept: LoadInput = { ...input, fileName: upload.name };
  return loadOperation.start({ engine, title: `Load ${upload.name}`, input: kept, user });
}

async function run(context: OperationContext<LoadInput>): Promise<LoadResult> {
  return withUpload(context, context.input.uploadId, async (upload) => {
    const { body, content } = await openUpload(upload, context.signal);
    if (content === 'root file system')
      throw new AppError('invalid_input', `${upload.name} holds a root file system, not saved images.`, {
        hint: 'Import it instead: it becomes an image with one layer.',
      });
    return { images: await context.pipe(loadImages(context.engine, body, context.signal)) };
  });
}

export const loadOperation = defineOperation({
  kind: 'load',
  read: 'image:read',
  lane: 'transfer',
  input: loadInput,
  result: loadResult,
  href: imageWorkHref,
  ready: isEngineThere,
  run,
  recover: recoverLoad,
  discard: ({ uploadId }) => discardUpload(uploadId),
});
