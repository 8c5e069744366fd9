import 'server-only';
import { AppError, asAppError } from '@/lib/errors';
import type { OperationContext } from '@/lib/operations/kinds';
import type { UploadId } from '@/lib/ids';
import { getFinishedUpload, removeUpload, type StoredUpload } from './store';
import { remember } from '@/lib/remember';

/** Errors after which the upload is useless. */
const final = new Set(['invalid_input', 'too_large', 'engine_rejected', 'cancelled']);

const underWay = () => remember('uploads-in-use', () => new Set<string>());

/**
 * Uses an uploaded file, and removes it when it is used or useless. After other errors (engine, place, time) it is
 * kept for another attempt, for a day at most.
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

/** Removes the upload of work that was cancelled before it began, unless other work has it. */
export async function discardUpload(id: UploadId): Promise<void> {
  if (!underWay().has(id)) await removeUpload(id);
}
