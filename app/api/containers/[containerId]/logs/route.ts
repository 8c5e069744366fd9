import { z } from 'zod';
import { parseInput } from '@/lib/commands/parse-input';
import { protocolRoute as route } from '@/lib/actions/route';
import { parseLogCursor } from '@/lib/containers/log-entries';
import { openLogStream } from '@/lib/containers/logs';
import { containerId } from '@/lib/containers/schema';

export const dynamic = 'force-dynamic';

const query = z.object({
  tail: z.coerce.number().int().min(0).max(100_000).default(1000),
  after: z.string().max(60).optional(),
});

/** What a container writes, as it writes it: the last `tail` lines first, or what came `after` a place. */
export const GET = route({
  permission: 'container:read',
  run: (request, { params }) => {
    const id = parseInput(containerId, params.containerId);
    const { tail, after } = parseInput(query, Object.fromEntries(new URL(request.url).searchParams));
    const cursor = after === undefined ? null : parseLogCursor(after);
    return new Response(openLogStream({ id, tail, cursor }, request.signal), {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      },
    });
  },
});
