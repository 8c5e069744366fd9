import { unreadable } from '@/lib/engine/wire/errors';

/** A piece of a container's output, as the engine stores it. */
export interface Frame {
  stream: 'stdout' | 'stderr';
  bytes: Buffer;
}

const headLength = 8;
/** The engine cuts at 16 KiB: what claims to be far longer is not a frame. */
const maxFrameBytes = 16 * 1024 * 1024;

/**
 * Decodes the frames of the output of a container without a terminal: one byte for the stream, three unused, four for
 * the length. A frame may come in many chunks and a chunk may hold many frames.
 */
export async function* readFrames(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Frame, void, void> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    held = held.length > 0 ? Buffer.concat([held, chunk]) : Buffer.from(chunk);
    let at = 0;
    while (at + headLength <= held.length) {
      const kind = held[at]!;
      const length = held.readUInt32BE(at + 4);
      if (kind > 3 || length > maxFrameBytes)
        throw unreadable(new Error(`a frame of kind ${kind}, ${length} bytes`));
      const end = at + headLength + length;
      if (end > held.length) break;
      yield { stream: kind === 2 ? 'stderr' : 'stdout', bytes: held.subarray(at + headLength, end) };
      at = end;
    }
    held = held.subarray(at);
  }
}

/** With a terminal there are no frames and only one stream. */
export async function* readTerminal(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Frame, void, void> {
  for await (const chunk of stream) yield { stream: 'stdout', bytes: Buffer.from(chunk) };
}
