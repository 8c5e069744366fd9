import 'server-only';
import { StringDecoder } from 'node:string_decoder';
import { decodeChunk } from '@/lib/operations/chunks';
import { listChunks } from '@/lib/operations/event-store';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Our marks, which are removed from exports. */
// eslint-disable-next-line no-control-regex -- terminal control sequences
const marks = /\u001b\]133;[^\u0007\u001b]*;lw=[^\u0007\u001b]*\u0007/g;

/**
 * A terminal's recording as asciicast version 2: a header line, then lines `[seconds, "o", text]` and
 * `[seconds, "r", "80x24"]`. Read by the replay page and by asciinema.
 */
export async function* castOf(terminal: string): AsyncGenerator<string, void, void> {
  const decoder = new StringDecoder('utf8');
  let begun: number | null = null;
  let size = { columns: 80, rows: 24 };
  const head = (at: number) =>
    `${JSON.stringify({ version: 2, width: size.columns, height: size.rows, timestamp: Math.floor(at / 1000) })}\n`;
  const seconds = (at: number) => Math.max(0, Math.round(at - begun!) / 1000);
  let last = 0;
  for (let after = 0; ;) {
    const chunks = await listChunks(terminal, after, 8);
    if (!chunks.length) break;
    for (const event of chunks.flatMap((chunk) => decodeChunk(chunk.data))) {
      if (event.type === 'size') {
        size = event;
        if (begun !== null) yield `${JSON.stringify([last, 'r', `${size.columns}x${size.rows}`])}\n`;
      }
      if (event.type !== 'output') continue;
      if (begun === null) {
        begun = event.at;
        yield head(begun);
      }
      last = seconds(event.at);
      const text = event.skipped
        ? `\r\n[${event.skipped} bytes not recorded]\r\n`
        : decoder.write(Buffer.from(event.data, 'base64')).replaceAll(marks, '');
      if (text) yield `${JSON.stringify([last, 'o', text])}\n`;
    }
    after = chunks.at(-1)!.lastSeq;
    await turn();
  }
  if (begun === null) yield head(Date.now());
}
