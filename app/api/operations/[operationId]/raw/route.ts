import { Readable } from 'node:stream';
import { parseInput } from '@/lib/commands/parse-input';
import { protocolRoute as route } from '@/lib/actions/route';
import { readRaw } from '@/lib/operations/log';
import { operationId } from '@/lib/operations/schema';
import { getOperation } from '@/lib/operations/store';

/** The log exactly as it came, of one step (`?step=`) or of all, as a download. */
export const GET = route({
  permission: 'operation:read',
  run: async (request, { params }) => {
    const { id, kind } = await getOperation(parseInput(operationId, params.operationId));
    const step = new URL(request.url).searchParams.get('step');
    return new Response(Readable.toWeb(Readable.from(readRaw(id, step))) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'content-disposition': `attachment; filename="${kind}-${id}.log"`,
        'cache-control': 'no-store',
      },
    });
  },
});
