import { z } from 'zod';
import { parseInput } from '@/lib/commands/parse-input';
import { protocolRoute as route } from '@/lib/actions/route';
import { operationId } from '@/lib/operations/schema';
import { listEnded } from '@/lib/operations/store';

const query = z.object({
  ids: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(operationId).max(200)),
});

/** Which of these operations have ended, and how: for a tab that waits for them. */
export const GET = route({
  permission: 'operation:read',
  run: async (request) => {
    const { ids } = parseInput(query, Object.fromEntries(new URL(request.url).searchParams));
    return Response.json(await listEnded(ids), { headers: { 'cache-control': 'no-store' } });
  },
});
