import 'server-only';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { earliestNow } from '@/lib/clock';
import type { UploadId } from '@/lib/ids';
import { uploadsDirectory } from './directories';
import { limits } from './schema';
import { sweepStaging } from './staging';
import { findUpload, listUploadIds, removeUpload } from './store';

/** An upload has two files; the second is written within this time. */
const incompleteMs = 60_000;

async function isHalfMade(id: UploadId, now: number): Promise<boolean> {
  const stats = await stat(path.join(uploadsDirectory(), id)).catch(() => null);
  return stats !== null && now - stats.mtimeMs < incompleteMs;
}

/**
 * Removes abandoned files: uploads without new data for a day, incomplete uploads, and directories that a killed
 * server left. Called at start-up and every hour; work in progress is not affected.
 */
export async function sweepUploads(now = earliestNow()): Promise<{ uploads: number; staging: number }> {
  let uploads = 0;
  for (const id of await listUploadIds()) {
    const upload = await findUpload(id);
    if (upload ? now - upload.touched < limits.staleMs : await isHalfMade(id, now)) continue;
    await removeUpload(id);
    uploads += 1;
  }
  return { uploads, staging: await sweepStaging() };
}
