import { parseInput } from '@/lib/commands/parse-input';
import { protocolRoute as route } from '@/lib/actions/route';
import { jsonInput } from '@/lib/actions/read-json';
import { typeInto } from '@/lib/workbenches/input';
import { terminalInput, workbenchId } from '@/lib/workbenches/schema';

/** What was typed: small numbered messages, each done once and in order. */
export const POST = route({
  permission: 'workbench:type',
  run: async (request, { params, user }) => {
    const id = parseInput(workbenchId, params.workbenchId);
    const input = parseInput(terminalInput, await jsonInput(1024 * 1024)({ request, params, query: {} }));
    return Response.json(await typeInto(id, user.name, input));
  },
});
