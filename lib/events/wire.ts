/** The event stream of a page, as server-sent events. Used by the server and the page. */
import type { StoredEvent } from './events';

/** The last event seen of each operation: id to event number. */
export type Cursor = Record<string, number>;

export interface EventsMessage {
  operation: string;
  events: StoredEvent[];
}

/** `a:12,b:0`; also the `id` of each message, so that a browser reconnects with it (Last-Event-ID). */
export const formatCursor = (cursor: Cursor): string =>
  Object.entries(cursor)
    .map(([id, seq]) => `${id}:${seq}`)
    .join(',');

export function parseCursor(text: string): Cursor {
  const cursor: Cursor = {};
  for (const part of text.split(',')) {
    const match = /^([0-9a-z]{16}):(\d{1,12})$/.exec(part);
    if (match) cursor[match[1]!] = Number(match[2]);
  }
  return cursor;
}

/** Interval of heartbeats: proxies close a stream that is silent for a minute. */
export const heartbeatMs = 15_000;

export const streamPath = (cursor: Cursor): string => `/api/stream?follow=${formatCursor(cursor)}`;

export function formatMessage(event: string, data: unknown, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
