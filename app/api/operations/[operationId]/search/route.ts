import { z } from 'zod';
import { parseInput } from '@/lib/commands/parse-input';
import { protocolRoute as route } from '@/lib/actions/route';
import { searchLines } from '@/lib/operations/log';
import { operationId } from '@/lib/operations/schema';

const query = z.object({ step: z.string().min(1).max(500), q: z.string().min(1).max(500) });

/** Numbers of the lines of a step's log that hold a text. */
export const GET = route({
  permission: 'operation:read',
  run: async (request, { params }) => {
    const { step, q } = parseInput(query, Object.fromEntries(new URL(request.url).searchParams));
    return Response.json(await searchLines(parseInput(operationId, params.operationId), step, q, request.signal));
  },
});
