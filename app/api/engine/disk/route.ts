import { z } from 'zod';
import { parseInput } from '@/lib/commands/parse-input';
import { protocolRoute as route } from '@/lib/actions/route';
import { measuredReport } from '@/lib/disk/report';

const query = z.object({ anew: z.enum(['0', '1']).default('0') });

/** Where the room goes, as of now; answers when the engine has counted. */
export const GET = route({
  permission: 'engine:read',
  run: async (request) => {
    const { anew } = parseInput(query, Object.fromEntries(new URL(request.url).searchParams));
    return Response.json(await measuredReport({ anew: anew === '1' }));
  },
});
