import { PassThrough, type Readable } from 'node:stream';

/** Enough for what a step sends in one burst, and little enough for several builds at a time. */
const maxHeldBytes = 32 * 1024 * 1024;

/**
 * The bytes of a stream, read as fast as they come and held until they are asked for: its sender does not wait for us.
 * What was held comes before the error of a stream that failed. Closing the iterator closes the stream.
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
