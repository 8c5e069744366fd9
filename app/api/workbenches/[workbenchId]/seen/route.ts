import { parseInput } from '@/lib/actions/parse';
import { readJson } from '@/lib/actions/read-json';
import { route } from '@/lib/actions/route';
import { findTerminal, noteSeen } from '@/lib/workbenches/live';
import { terminalSeen, workbenchId } from '@/lib/workbenches/schema';

/** How far a page has drawn, so that a flood waits for it. */
export const POST = route({
  permission: 'workbench:read',
  run: async (request, { params }) => {
    const terminal = findTerminal(parseInput(workbenchId, params.workbenchId));
    const { viewer, bytes } = parseInput(terminalSeen, await readJson(request, 1024));
    if (terminal) noteSeen(terminal, viewer, bytes);
    return new Response(null, { status: 204 });
  },
});
