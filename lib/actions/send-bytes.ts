import 'server-only';
import { Readable } from 'node:stream';
import type { Download } from '@/lib/commands/bytes';

/** Headers that make a browser save a response under a name (RFC 6266), with any characters. */
function attachment(name: string, type = 'application/octet-stream'): Record<string, string> {
  const plain = name.replace(/[^\x20-\x7e]|["\\%/]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  return {
    'content-type': type,
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
  };
}

/** Always saved as a file, never rendered as a page. */
export function sendDownload({ name, type, sizeBytes, body }: Download): Response {
  const readable = body instanceof Readable ? body : Readable.from(body);
  const headers = attachment(name, type);
  if (sizeBytes !== undefined && sizeBytes !== null) headers['content-length'] = String(sizeBytes);
  return new Response(Readable.toWeb(readable) as ReadableStream<Uint8Array>, { headers });
}

export const sendEvents = (body: ReadableStream<Uint8Array>): Response =>
  new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });

export const sendNothing = (): Response => new Response(null, { status: 204 });
