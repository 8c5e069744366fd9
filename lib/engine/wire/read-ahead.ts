import { PassThrough, type Readable } from 'node:stream';

/** Enough for what a step sends in one burst, and little enough for several builds at a time. */
const maxHeldBytes = 32 * 1024 * 1024;

/**
 * Reads a stream as fast as it is sent and buffers it, so that the sender does not wait for the reader. Buffered bytes
 * come before the error of a failed stream. Closing the iterator closes the stream.
 */
export async function* readAhead(source: Readable): AsyncGenerator<Uint8Array, void, void> {
  const held = new PassThrough({ highWaterMark: maxHeldBytes });
  const failures: Error[] = [];
  source.once('error', (error) => failures.push(error)).once('close', () => held.end());
  source.pipe(held, { end: false });
  try {
    yield* held as AsyncIterable<Uint8Array>;
  } finally {
    source.destroy();
  }
  if (failures[0]) throw failures[0];
}
