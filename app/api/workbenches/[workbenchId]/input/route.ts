import { parseInput } from '@/lib/actions/parse';
import { route } from '@/lib/actions/route';
import { readJson } from '@/lib/actions/read-json';
import { typeInto } from '@/lib/workbenches/input';
import { terminalInput, workbenchId } from '@/lib/workbenches/schema';

/** What was typed: small numbered messages, each done once and in order. */
export const POST = route({
  permission: 'workbench:type',
  run: async (request, { params, user }) => {
    const id = parseInput(workbenchId, params.workbenchId);
    const input = parseInput(terminalInput, await readJson(request, 1024 * 1024));
    return Response.json(await typeInto(id, user.name, input));
  },
});
