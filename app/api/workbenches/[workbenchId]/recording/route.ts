import { Readable } from 'node:stream';
import { parseInput } from '@/lib/commands/parse-input';
import { protocolRoute as route } from '@/lib/actions/route';
import { AppError } from '@/lib/errors';
import { operationId } from '@/lib/operations/schema';
import { castOf } from '@/lib/workbenches/cast';
import { workbenchId } from '@/lib/workbenches/schema';
import { getWorkbench } from '@/lib/workbenches/store';

/** A terminal's recording (`?terminal=`) with its timing, in the format of asciinema: one line for each piece. */
export const GET = route({
  permission: 'workbench:read',
  run: async (request, { params }) => {
    const workbench = await getWorkbench(parseInput(workbenchId, params.workbenchId));
    const terminal = parseInput(operationId, new URL(request.url).searchParams.get('terminal') ?? '');
    if (!workbench.terminals.includes(terminal)) throw new AppError('not_found');
    return new Response(Readable.toWeb(Readable.from(castOf(terminal))) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': 'application/x-asciicast',
        'content-disposition': `attachment; filename="${workbench.name.replaceAll(/[^\w.-]/g, '_')}-${terminal}.cast"`,
      },
    });
  },
});
