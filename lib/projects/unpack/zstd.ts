import 'server-only';
import { Decompress } from 'fzstd';
import { AppError } from '@/lib/errors';
import { formatBytes } from '@/lib/format/bytes';
import { limits } from '@/lib/uploads/schema';
import { type Bytes, openBytes } from '@/lib/tar/bytes';
import { refuseArchive } from './refuse';

/** RFC 8878. */
const frameMagic = 0xfd2fb528;
const isSkippable = (magic: number) => (magic & 0xfffffff0) >>> 0 === 0x184d2a50;
const maxBlockBytes = 128 * 1024;

const cutOff = () => refuseArchive('is cut off: its zstd stream does not end');
const damaged = (cause?: unknown) => refuseArchive('is damaged: its zstd stream cannot be read', cause);

async function take(bytes: Bytes, count: number): Promise<Buffer> {
  const taken = await bytes.take(count);
  if (taken.length < count) throw cutOff();
  return taken;
}

const littleEndian = (bytes: Buffer): bigint =>
  bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);

/** The header after the magic number, and the size of the window. */
async function readFrameHeader(bytes: Bytes): Promise<{ raw: Buffer; window: bigint; hasChecksum: boolean }> {
  const descriptor = await take(bytes, 1);
  const flags = descriptor[0]!;
  const single = (flags >> 5) & 1;
  const windowLength = single ? 0 : 1;
  const dictionaryLength = [0, 1, 2, 4][flags & 3]!;
  const sizeLength = [single, 2, 4, 8][flags >> 6]!;
  const rest = await take(bytes, windowLength + dictionaryLength + sizeLength);
  const exponent = 10n + BigInt((rest[0] ?? 0) >> 3);
  const mantissa = BigInt((rest[0] ?? 0) & 7);
  const window = single
    ? littleEndian(rest.subarray(rest.length - sizeLength)) + (sizeLength === 2 ? 256n : 0n)
    : (1n << exponent) + ((1n << exponent) >> 3n) * mantissa;
  return { raw: Buffer.concat([descriptor, rest]), window, hasChecksum: (flags & 4) !== 0 };
}

/**
 * Splits a zstd stream into frame headers and blocks, so that the decompressor never returns more than 128 KiB at
 * once: fzstd decompresses a piece completely (a 4-byte block may expand to 2 MB), and allocates any window that a
 * header requests.
 */
async function* readFrames(bytes: Bytes): AsyncGenerator<Buffer, void, void> {
  for (;;) {
    const start = await bytes.take(4);
    if (start.length === 0) return;
    if (start.length < 4) throw cutOff();
    const magic = start.readUInt32LE(0);
    if (isSkippable(magic)) {
      let skip = (await take(bytes, 4)).readUInt32LE(0);
      while (skip > 0) {
        const piece = await bytes.next(Math.min(skip, 64 * 1024));
        if (!piece) throw cutOff();
        skip -= piece.length;
      }
      continue;
    }
    if (magic !== frameMagic) throw damaged();
    const { raw, window, hasChecksum } = await readFrameHeader(bytes);
    if (window > BigInt(limits.windowBytes))
      throw refuseArchive(
        `needs a zstd window of ${formatBytes(Number(window))}, and at most ${formatBytes(limits.windowBytes)} are allowed; ` +
          'recompress it without --long and --ultra',
      );
    yield Buffer.concat([start, raw]);
    for (let last = false; !last;) {
      const head = await take(bytes, 3);
      const bits = head.readUIntLE(0, 3);
      last = (bits & 1) === 1;
      const type = (bits >> 1) & 3;
      const size = bits >> 3;
      if (type === 3 || size > maxBlockBytes) throw damaged();
      yield Buffer.concat([head, await take(bytes, type === 1 ? 1 : size)]);
    }
    if (hasChecksum) yield await take(bytes, 4);
  }
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
/** Decompression runs on the event loop; yields at this interval. */
const turnMs = 15;

export async function* unzstd(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  const bytes = openBytes(source);
  let out: Uint8Array[] = [];
  const decompressor = new Decompress((data) => out.push(data));
  const push = (data: Uint8Array, final: boolean) => {
    try {
      decompressor.push(data, final);
    } catch (error) {
      throw error instanceof AppError ? error : damaged(error);
    }
    const pieces = out.filter((piece) => piece.length > 0);
    out = [];
    return pieces;
  };
  try {
    let since = performance.now();
    for await (const part of readFrames(bytes)) {
      yield* push(part, false);
      if (performance.now() - since < turnMs) continue;
      await turn();
      since = performance.now();
    }
    yield* push(new Uint8Array(0), true);
  } finally {
    await bytes.close();
  }
}
