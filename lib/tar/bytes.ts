/** Reads a stream of chunks by byte counts. */
export interface Bytes {
  /** Exactly this many bytes; fewer only at the end of the stream. */
  take(count: number): Promise<Buffer>;
  /** The next chunk, of at most this many bytes; undefined at the end of the stream. */
  next(most: number): Promise<Buffer | undefined>;
  /** Ends the source. */
  close(): Promise<void>;
}

export function openBytes(source: AsyncIterable<Uint8Array>): Bytes {
  const pieces = source[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);

  async function next(most: number): Promise<Buffer | undefined> {
    while (rest.length === 0) {
      const { done, value } = await pieces.next();
      if (done) return undefined;
      rest = Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    }
    const piece = rest.subarray(0, most);
    rest = rest.subarray(piece.length);
    return piece;
  }

  return {
    next,
    async take(count) {
      if (rest.length >= count) {
        const taken = rest.subarray(0, count);
        rest = rest.subarray(count);
        return taken;
      }
      const parts: Buffer[] = [];
      for (let missing = count; missing > 0;) {
        const piece = await next(missing);
        if (!piece) break;
        parts.push(piece);
        missing -= piece.length;
      }
      return Buffer.concat(parts);
    },
    async close() {
      await pieces.return?.();
    },
  };
}
