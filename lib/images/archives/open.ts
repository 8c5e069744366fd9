import 'server-only';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { gunzipSync, constants } from 'node:zlib';
import type { ArchiveBody } from '@/lib/engine/wire/send-body';
import { AppError } from '@/lib/errors';
import { unzstd } from '@/lib/projects/unpack/zstd';
import type { StoredUpload } from '@/lib/uploads/store';
import { contentOf, imagePackingOf, type ImagePacking } from './kind';

const pieceSize = 256 * 1024;
/** Enough to have the first header of a tar, packed or not. */
const startSize = 64 * 1024;

async function readStart(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(startSize), 0, startSize, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The first bytes of the tar itself, where they are cheap to have. */
function startOfTar(start: Buffer, packing: ImagePacking): Buffer | null {
  if (packing === 'tar') return start;
  if (packing !== 'gzip') return null;
  try {
    return gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 64 * 1024 * 1024 });
  } catch {
    return null; // Damaged at its beginning: the engine says so.
  }
}

interface OpenedArchive {
  body: ArchiveBody;
  packing: ImagePacking;
  content: ReturnType<typeof contentOf>;
}

/** An uploaded archive as the engine takes it: what engines before 23 cannot read (zstd) is unpacked on the way. */
export async function openUpload(upload: StoredUpload, signal: AbortSignal): Promise<OpenedArchive> {
  const start = await readStart(upload.path);
  const found = imagePackingOf(start);
  if ('reason' in found)
    throw new AppError('invalid_input', found.reason, {
      hint: 'Use .tar, .tar.gz, .tar.xz, .tar.bz2 or .tar.zst.',
    });
  const { packing } = found;
  let read = 0;
  async function* counted() {
    const file = createReadStream(upload.path, { highWaterMark: pieceSize, signal });
    for await (const piece of file as AsyncIterable<Buffer>) {
      read += piece.length;
      yield piece;
    }
  }
  const head = startOfTar(start, packing);
  return {
    packing,
    content: head && contentOf(head),
    body: {
      bytes: packing === 'zstd' ? unzstd(counted()) : counted(),
      size: upload.size,
      read: () => read,
    },
  };
}
