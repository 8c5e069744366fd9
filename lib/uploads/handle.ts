import 'server-only';
import { AppError } from '@/lib/errors';
import type { UploadId, UserId } from '@/lib/ids';
import { answerTus } from './server';
import { findUpload } from './store';

/** A request of an upload. `id` is empty to create one; uploads of other users count as missing. */
export async function handleUpload(request: Request, id: UploadId, userId: UserId): Promise<Response> {
  if (id) {
    const upload = await findUpload(id);
    if (!upload || upload.userId !== userId) throw new AppError('not_found', 'Upload not found.');
  }
  if (!id !== (request.method === 'POST')) throw new AppError('not_found');
  return answerTus(request, userId);
}
