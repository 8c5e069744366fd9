import 'server-only';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import type { UploadId, UserId } from '@/lib/ids';
import { uploadsDirectory } from './directories';
import { uploadId, type UploadKind, uploadKinds } from './schema';

export interface StoredUpload {
  id: UploadId;
  userId: UserId;
  name: string;
  kind: UploadKind;
  /** Total bytes, and received bytes. */
  size: number;
  received: number;
  /** Time of the last received byte, ms since 1970. */
  touched: number;
  /** Its data file. */
  path: string;
}

/** Format of the tus store's metadata. */
const storedInfo = z.object({
  size: z.number(),
  metadata: z.object({ name: z.string(), kind: z.enum(uploadKinds), userId: z.string() }),
});

const pathOf = (id: UploadId) => path.join(uploadsDirectory(), id);

/** Null if it is missing, incomplete or damaged. */
export async function findUpload(id: UploadId): Promise<StoredUpload | null> {
  if (!uploadId.safeParse(id).success) return null;
  try {
    const info = storedInfo.safeParse(JSON.parse(await readFile(`${pathOf(id)}.json`, 'utf8')));
    const stats = await stat(pathOf(id));
    if (!info.success) return null;
    const { size, metadata } = info.data;
    return { id, ...metadata, size, received: stats.size, touched: stats.mtimeMs, path: pathOf(id) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** A complete upload of this user; those of others count as missing. */
export async function getFinishedUpload(id: UploadId, userId: UserId): Promise<StoredUpload> {
  const upload = await findUpload(id);
  if (!upload || upload.userId !== userId)
    throw new AppError('not_found', 'Upload not found. Upload the file again.');
  if (upload.received !== upload.size)
    throw new AppError('conflict', 'This upload is not complete yet.', {
      hint: 'Resume it, then try again.',
    });
  return upload;
}

export async function listUploadIds(): Promise<string[]> {
  const names = await readdir(uploadsDirectory()).catch(() => []);
  return [...new Set(names.map((name) => name.replace(/\.json$/, '')))];
}

export async function listUploads(): Promise<StoredUpload[]> {
  const found = await Promise.all((await listUploadIds()).map(findUpload));
  return found.filter((upload) => upload !== null);
}

export async function removeUpload(id: UploadId): Promise<void> {
  await rm(pathOf(id), { force: true });
  await rm(`${pathOf(id)}.json`, { force: true });
}
