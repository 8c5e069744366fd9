import { z } from 'zod';
import { parseInput } from '@/lib/actions/parse';
import { route } from '@/lib/actions/route';
import { previewPrune } from '@/lib/disk/preview';
import { prunables } from '@/lib/disk/schema';

const query = z.object({ what: z.enum(prunables) });

/** What a prune would take; answers when the engine has counted. */
export const GET = route({
  permission: 'engine:prune',
  run: async (request) => {
    const { what } = parseInput(query, Object.fromEntries(new URL(request.url).searchParams));
    return Response.json(await previewPrune(what));
  },
});
