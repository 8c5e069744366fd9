import { parseInput } from '@/lib/commands/parse-input';
import { jsonInput } from '@/lib/actions/read-json';
import { protocolRoute as route } from '@/lib/actions/route';
import { findTerminal, noteSeen } from '@/lib/workbenches/live';
import { terminalSeen, workbenchId } from '@/lib/workbenches/schema';

/** How far a page has drawn, so that a flood waits for it. */
export const POST = route({
  permission: 'workbench:read',
  run: async (request, { params }) => {
    const terminal = findTerminal(parseInput(workbenchId, params.workbenchId));
    const { viewer, bytes } = parseInput(terminalSeen, await jsonInput(1024)({ request, params, query: {} }));
    if (terminal) noteSeen(terminal, viewer, bytes);
    return new Response(null, { status: 204 });
  },
});
