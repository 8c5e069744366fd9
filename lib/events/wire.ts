/** The one event stream of a page, as server-sent events. Shared by the server that writes it and the page that reads it. */
import type { StoredEvent } from './events';

/** How far a page has followed each operation: id to event number. */
export type Cursor = Record<string, number>;

export interface EventsMessage {
  operation: string;
  events: StoredEvent[];
}

/** `a:12,b:0`; also the `id` of each message, so that a browser that reconnects resumes by itself (Last-Event-ID). */
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

/** The server says something at least so often, in ms: proxies close a stream that is silent for a minute. */
export const heartbeatEvery = 15_000;

export const streamPath = (cursor: Cursor): string => `/api/stream?follow=${formatCursor(cursor)}`;

export function formatMessage(event: string, data: unknown, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
