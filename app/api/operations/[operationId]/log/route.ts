import { z } from 'zod';
import { parseInput } from '@/lib/commands/parse-input';
import { protocolRoute as route } from '@/lib/actions/route';
import { maxLines, readLines } from '@/lib/operations/log';
import { operationId } from '@/lib/operations/schema';

const query = z.object({
  step: z.string().min(1).max(500),
  from: z.coerce.number().int().min(0),
  to: z.coerce.number().int().min(1),
});

/** Lines `from` to `to` of a step's log, as JSON; fewer where there are fewer, 2,000 at most. */
export const GET = route({
  permission: 'operation:read',
  run: async (request, { params }) => {
    const { step, from, to } = parseInput(query, Object.fromEntries(new URL(request.url).searchParams));
    const lines = await readLines(
      parseInput(operationId, params.operationId),
      step,
      from,
      Math.min(to, from + maxLines),
    );
    return Response.json({ from, lines });
  },
});
