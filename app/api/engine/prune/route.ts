import { z } from 'zod';
import { parseInput } from '@/lib/commands/parse-input';
import { protocolRoute as route } from '@/lib/actions/route';
import { previewPrune } from '@/lib/disk/preview';
import { type PrunePreview, prunables } from '@/lib/disk/schema';
import { listContainerIds } from '@/lib/workbenches/store';

const query = z.object({ what: z.enum(prunables) });

/** What was made by hand in a workbench is nowhere else: its container goes only where somebody says so. */
async function sparingWorkbenches(preview: PrunePreview): Promise<PrunePreview> {
  if (preview.what !== 'containers') return preview;
  const workbenches = await listContainerIds();
  const items = preview.items.map((item) =>
    workbenches.has(item.id) ? { ...item, detail: `workbench, ${item.detail}`, suggested: false } : item,
  );
  return { ...preview, items };
}

/** What a prune would take; answers when the engine has counted. */
export const GET = route({
  permission: 'engine:prune',
  run: async (request) => {
    const { what } = parseInput(query, Object.fromEntries(new URL(request.url).searchParams));
    return Response.json(await sparingWorkbenches(await previewPrune(what)));
  },
});
