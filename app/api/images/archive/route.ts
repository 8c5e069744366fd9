import { Readable } from 'node:stream';
import { parseInput } from '@/lib/commands/parse-input';
import { protocolRoute as route } from '@/lib/actions/route';
import { attachment } from '@/lib/format/attachment';
import { openSave } from '@/lib/images/archives/save';
import { saveInput } from '@/lib/images/archives/schema';

/** Images as one archive that `docker load` reads: `?image=` once for each, a name or an id. */
export const GET = route({
  permission: 'image:save',
  run: async (request) => {
    const images = parseInput(saveInput, new URL(request.url).searchParams.getAll('image'));
    const { stream, name } = await openSave(images, request.signal);
    return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
      headers: attachment(name, 'application/x-tar'),
    });
  },
});
