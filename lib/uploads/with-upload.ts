import 'server-only';
import { AppError, asAppError } from '@/lib/errors';
import type { OperationContext } from '@/lib/operations/kinds';
import type { UploadId } from '@/lib/ids';
import { getFinishedUpload, removeUpload, type StoredUpload } from './store';
import { remember } from '@/lib/remember';

/** Errors after which the upload itself is of no use any more. */
const final = new Set(['invalid_input', 'too_large', 'engine_rejected', 'cancelled']);

const underWay = () => remember('uploads-in-use', () => new Set<string>());

/**
 * Does something with an uploaded file, and removes the file when it is used or good for nothing. Where only the engine,
 * the place or the time was at fault it stays for another try, a day at most.
 */
export async function withUpload<T>(
  context: Pick<OperationContext, 'user'>,
  uploadId: UploadId,
  work: (upload: StoredUpload) => Promise<T>,
): Promise<T> {
  const upload = await getFinishedUpload(uploadId, context.user?.id ?? '');
  if (underWay().has(upload.id)) throw new AppError('conflict', 'This upload is already in use.');
  underWay().add(upload.id);
  try {
    const result = await work(upload);
    await removeUpload(upload.id);
    return result;
  } catch (error) {
    if (final.has(asAppError(error).code)) await removeUpload(upload.id);
    throw error;
  } finally {
    underWay().delete(upload.id);
  }
}
