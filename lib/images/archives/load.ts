import 'server-only';
import { loadImages } from '@/lib/engine/images/archives';
import { AppError } from '@/lib/errors';
import { isEngineThere } from '@/lib/operations/engine-watch';
import { defineOperation, type OperationContext, type OperationKind } from '@/lib/operations/kinds';
import { startOperation } from '@/lib/operations/start';
import { getFinishedUpload } from '@/lib/projects/uploads/store';
import { withUpload } from '@/lib/projects/uploads/with-upload';
import { openUpload } from './open';
import { type LoadInput, loadInput, type LoadResult } from './schema';

/** Puts the images of an uploaded archive into the engine. Returns the operation's id at once. */
export async function startLoad(input: LoadInput, user: { id: string; name: string }): Promise<string> {
  const upload = await getFinishedUpload(input.uploadId, user.id);
  const kept: LoadInput = { ...input, fileName: upload.name };
  return startOperation({ kind: 'load', title: `Load ${upload.name}`, input: kept, user });
}

async function run(context: OperationContext): Promise<LoadResult> {
  const { uploadId } = loadInput.parse(context.input);
  return withUpload(context, uploadId, async (upload) => {
    const { body, content } = await openUpload(upload, context.signal);
    if (content === 'root file system')
      throw new AppError('invalid_input', `${upload.name} holds a root file system, not saved images.`, {
        hint: 'Import it instead: it then becomes an image of one layer.',
      });
    return { images: await context.pipe(loadImages(body, context.signal)) };
  });
}

export const defineLoad = (): OperationKind =>
  defineOperation({ kind: 'load', lane: 'transfer', ready: isEngineThere, run });
