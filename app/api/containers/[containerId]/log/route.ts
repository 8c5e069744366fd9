import { Readable } from 'node:stream';
import { parseInput } from '@/lib/commands/parse-input';
import { protocolRoute as route } from '@/lib/actions/route';
import { readLog } from '@/lib/containers/logs';
import { containerId } from '@/lib/containers/schema';
import { attachment } from '@/lib/format/attachment';

/** All that a container wrote, as a download. */
export const GET = route({
  permission: 'container:read',
  run: async (request, { params }) => {
    const { name, bytes } = await readLog(parseInput(containerId, params.containerId), request.signal);
    return new Response(Readable.toWeb(Readable.from(bytes)) as ReadableStream<Uint8Array>, {
      headers: attachment(`${name}.log`, 'text/plain; charset=utf-8'),
    });
  },
});
