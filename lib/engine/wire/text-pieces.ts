import { isUtf8 } from 'node:buffer';

export interface TextPiece {
  text: string;
  /** The exact bytes in base64, only if they are not valid UTF-8. */
  raw?: string;
}

/** Length of an incomplete character at the end, 0 to 3 bytes. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue; // a continuation byte: the character starts before it
    const needs = byte >= 0xf0 && byte < 0xf8 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
    return byte < 0xf8 && needs > back ? back : 0;
  }
  return 0;
}

const piece = (bytes: Buffer): TextPiece =>
  isUtf8(bytes)
    ? { text: bytes.toString('utf8') }
    : { text: bytes.toString('utf8'), raw: bytes.toString('base64') };

/** Decodes a stream of bytes piece by piece without splitting a character or losing a byte. */
export class TextPieces {
  private held: Buffer = Buffer.alloc(0);

  push(chunk: Uint8Array): TextPiece | null {
    const bytes = Buffer.concat([this.held, chunk]);
    const rest = unfinished(bytes);
    this.held = bytes.subarray(bytes.length - rest);
    const whole = bytes.subarray(0, bytes.length - rest);
    return whole.length ? piece(whole) : null;
  }

  /** The incomplete rest at the end of the stream. */
  end(): TextPiece | null {
    const rest = this.held;
    this.held = Buffer.alloc(0);
    return rest.length ? piece(rest) : null;
  }
}
