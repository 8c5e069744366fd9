import 'server-only';
import type { Readable } from 'node:stream';
import { z } from 'zod';

/** Bytes with a file name. */
export interface Download {
  name: string;
  /** Media type; default: application/octet-stream. */
  type?: string;
  sizeBytes?: number | null;
  body: Readable | AsyncIterable<Uint8Array>;
}

/** Output schema for bytes. */
export const download = z.custom<Download>();
export const eventStream = z.custom<ReadableStream<Uint8Array>>();
