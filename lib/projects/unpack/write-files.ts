import 'server-only';
import { chmod, open, writeFile } from 'node:fs/promises';
import type { ArchiveEntry } from './entry';
import { guessMode, keptMode } from './modes';

/** Smaller files are buffered and written concurrently; larger ones are streamed. */
const maxBufferedBytes = 128 * 1024;
/** Concurrent writes of small files: sequentially, waiting would take most of the time. */
const maxParallel = 8;

const isMasked = (mode: number) => (mode & process.umask()) !== 0;

async function writeSmall(file: string, content: Buffer, mode: number | undefined) {
  const kept = mode === undefined ? guessMode(content) : keptMode(mode);
  await writeFile(file, content, { flag: 'wx', mode: kept });
  if (isMasked(kept)) await chmod(file, kept);
}

async function writeLarge(file: string, content: AsyncIterable<Uint8Array>, mode: number | undefined) {
  const handle = await open(file, 'wx', 0o600);
  let start: Buffer | undefined;
  async function* watched() {
    for await (const piece of content) {
      start ??= Buffer.from(piece.subarray(0, 4));
      yield piece;
    }
  }
  try {
    await writeFile(handle, watched());
    await handle.chmod(mode === undefined ? guessMode(start ?? Buffer.alloc(0)) : keptMode(mode));
  } finally {
    await handle.close();
  }
}

async function collect(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}

interface FileWriter {
  /** Reads the content completely; small files may still be written when it returns. `mode` undefined: detected. */
  write: (
    file: string,
    entry: Pick<ArchiveEntry, 'size'>,
    content: AsyncIterable<Uint8Array>,
    mode: number | undefined,
  ) => Promise<void>;
  /** Waits for pending writes, and throws their errors. */
  finish: () => Promise<void>;
}

export function openFileWriter(): FileWriter {
  const running = new Set<Promise<void>>();
  let failure: { error: unknown } | undefined;
  const check = () => {
    if (failure) throw failure.error;
  };
  const start = (work: Promise<void>) => {
    const job = work
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => running.delete(job));
    running.add(job);
  };
  return {
    async write(file, entry, content, mode) {
      check();
      if (entry.size > maxBufferedBytes) return writeLarge(file, content, mode);
      const whole = await collect(content);
      while (running.size >= maxParallel) await Promise.race(running);
      check();
      start(writeSmall(file, whole, mode));
    },
    async finish() {
      await Promise.all(running);
      check();
    },
  };
}
