import 'server-only';
import type { Readable } from 'node:stream';
import { z } from 'zod';

/** Bytes that are saved under a name. */
export interface Download {
  name: string;
  /** Media type; application/octet-stream where it is not given. */
  type?: string;
  sizeBytes?: number | null;
  body: Readable | AsyncIterable<Uint8Array>;
}

/** Outputs that are bytes, not JSON. */
export const download = z.custom<Download>();
export const eventStream = z.custom<ReadableStream<Uint8Array>>();
