import { route } from '@/lib/actions/route';
import { sendEvents } from '@/lib/actions/send-bytes';
import { parseCursor } from '@/lib/events/wire';
import { followOperations } from '@/lib/operations/commands';

export const dynamic = 'force-dynamic';

/** The one event stream of a page: `?follow=<operation>:<number>,…`; resumes by Last-Event-ID. */
export const GET = route(followOperations, {
  input: ({ request, query }) => ({
    after: {
      ...parseCursor(query.follow ?? ''),
      ...parseCursor(request.headers.get('last-event-id') ?? ''),
    },
  }),
  answer: sendEvents,
});
