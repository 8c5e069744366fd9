import 'server-only';
import { mkdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { FileStore } from '@tus/file-store';
import { Server, type ServerOptions, type Upload } from '@tus/server';
import { AppError, asAppError, errorTable } from '@/lib/errors';
import { formatBytes } from '@/lib/format/bytes';
import { remember } from '@/lib/remember';
import type { UploadId, UserId } from '@/lib/ids';
import { uploadsDirectory } from './directories';
import { asDiskFullError, requireDiskSpace, watchDiskSpace } from './disk-space';
import { limits, uploadEndpoint, uploadMetadata } from './schema';
import { listUploads, removeUpload, type StoredUpload } from './store';

type TusRequest = Parameters<NonNullable<ServerOptions['onUploadCreate']>>[0];

/** tus passes the original request, so that its user can be stored beside it. */
const users = new WeakMap<object, string>();

/** The tus store, with a check of the free disk space while writing. */
class WatchedStore extends FileStore {
  override async write(readable: Readable, id: UploadId, offset: number): Promise<number> {
    const hasRoom = watchDiskSpace(this.directory);
    let failure: unknown;
    async function* watched() {
      for await (const piece of readable) {
        await hasRoom((piece as Buffer).length).catch((error: unknown) => {
          failure = error;
          throw error;
        });
        yield piece as Buffer;
      }
    }
    try {
      return await super.write(Readable.from(watched(), { objectMode: false }), id, offset);
    } catch (error) {
      // The store reports all failures with the same text; these codes mean a full disk.
      if (failure) throw failure;
      await requireDiskSpace(this.directory, 0);
      throw asDiskFullError(error);
    }
  }
}

/** All uploads; idle ones of the user are removed first if there are too many. */
async function makePlace(userId: UserId): Promise<StoredUpload[]> {
  const uploads = await listUploads();
  if (uploads.filter((upload) => upload.userId === userId).length < limits.uploadsPerUser) return uploads;
  const idle = uploads.filter(
    ({ userId: owner, received, touched }) =>
      owner === userId && Date.now() - touched > (received > 0 ? limits.idleMs : limits.unbegunMs),
  );
  for (const upload of idle) await removeUpload(upload.id);
  return uploads.filter((upload) => !idle.includes(upload));
}

async function checkNew(request: TusRequest, upload: Upload): Promise<{ metadata: Upload['metadata'] }> {
  const userId = users.get(request);
  if (!userId) throw new AppError('unauthenticated');
  const metadata = uploadMetadata.safeParse(upload.metadata ?? {});
  if (!metadata.success || upload.size === undefined)
    throw new AppError('invalid_input', 'An upload needs a name and its size.');
  if (upload.size > limits.uploadBytes)
    throw new AppError(
      'too_large',
      `The upload size is ${formatBytes(upload.size)}; the limit is ${formatBytes(limits.uploadBytes)}.`,
    );
  await mkdir(uploadsDirectory(), { recursive: true });
  const others = await makePlace(userId);
  if (others.filter((other) => other.userId === userId).length >= limits.uploadsPerUser)
    throw new AppError('conflict', `You already have ${limits.uploadsPerUser} uploads in progress.`, {
      hint: 'Finish or cancel one first. Idle uploads expire after an hour.',
    });
  const promised = others.reduce((sum, other) => sum + other.size - other.received, 0);
  await requireDiskSpace(uploadsDirectory(), promised + upload.size);
  return { metadata: { ...metadata.data, userId } };
}

/** Errors in the format of all routes; tus errors keep their status, which its clients use. */
function describeError(error: Error | { status_code: number; body: string }) {
  if (!(error instanceof AppError) && 'status_code' in error) return undefined;
  const { code, message, hint } = asAppError(error);
  if (code === 'internal') console.error('An upload failed unexpectedly:', error);
  return { status_code: errorTable[code].status, body: JSON.stringify({ error: { code, message, hint } }) };
}

const server = () =>
  remember(
    'uploads',
    () =>
      new Server({
        path: uploadEndpoint,
        datastore: new WatchedStore({ directory: uploadsDirectory() }),
        // Works with any host name of the server.
        relativeLocation: true,
        // Only our own origin: no CORS headers.
        allowedOrigins: [],
        maxSize: limits.uploadBytes,
        onUploadCreate: checkNew,
        onResponseError: (_request, error) => describeError(error),
      }),
  );

/** Handles a tus request of a signed-in user. */
export function answerTus(request: Request, userId: UserId): Promise<Response> {
  users.set(request, userId);
  return server().handleWeb(request);
}
