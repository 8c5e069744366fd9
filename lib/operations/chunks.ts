import 'server-only';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { StoredEvent } from '@/lib/events/events';

/** Level 1: three times as quick as the default for a tenth more bytes, on build logs. */
const level = 1;

/** A chunk is JSON lines, raw deflate. */
export function encodeChunk(events: readonly StoredEvent[]): {
  data: Uint8Array<ArrayBuffer>;
  bytes: number;
} {
  const text = Buffer.from(events.map((event) => JSON.stringify(event)).join('\n'));
  return { data: new Uint8Array(deflateRawSync(text, { level })), bytes: text.length };
}

export const inflateChunk = (data: Uint8Array): string => inflateRawSync(data).toString('utf8');

/** Events of our own making, written by encodeChunk: read back without a schema, because a log has a million of them. */
export const parseChunk = (text: string): StoredEvent[] =>
  text.split('\n').map((line) => JSON.parse(line) as StoredEvent);

export const decodeChunk = (data: Uint8Array): StoredEvent[] => parseChunk(inflateChunk(data));
