import { protocolRoute as route } from '@/lib/actions/route';
import { parseCursor } from '@/lib/events/wire';
import { openStream } from '@/lib/operations/stream';

export const dynamic = 'force-dynamic';

/** The one event stream of a page: `?follow=<operation>:<number>,…`; resumes by Last-Event-ID. */
export const GET = route({
  permission: 'operation:read',
  run: async (request) => {
    const asked = parseCursor(new URL(request.url).searchParams.get('follow') ?? '');
    const resumed = parseCursor(request.headers.get('last-event-id') ?? '');
    return new Response(openStream({ ...asked, ...resumed }, request.signal), {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      },
    });
  },
});
