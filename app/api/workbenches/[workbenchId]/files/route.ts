import { Readable } from 'node:stream';
import { parseInput } from '@/lib/commands/parse-input';
import { protocolRoute as route } from '@/lib/actions/route';
import { AppError } from '@/lib/errors';
import { attachment } from '@/lib/format/attachment';
import { putFile, takeFile } from '@/lib/workbenches/files';
import { workbenchId } from '@/lib/workbenches/schema';

/** `?path=`: a file's bytes, or a folder as a tar; always as a download, never as a page. */
export const GET = route({
  permission: 'workbench:type',
  run: async (request, { params }) => {
    const path = new URL(request.url).searchParams.get('path') ?? '';
    const { name, size, stream } = await takeFile(parseInput(workbenchId, params.workbenchId), path);
    return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
      headers: { ...attachment(name), ...(size !== null && { 'content-length': String(size) }) },
    });
  },
});

/** `?directory=&name=`, the file as the body, of known length. */
export const PUT = route({
  permission: 'workbench:type',
  run: async (request, { params, user }) => {
    const query = new URL(request.url).searchParams;
    const size = Number(request.headers.get('content-length') ?? Number.NaN);
    if (!Number.isSafeInteger(size))
      throw new AppError('invalid_input', 'The length of the file is not given.');
    const path = await putFile(
      parseInput(workbenchId, params.workbenchId),
      {
        directory: query.get('directory') ?? '',
        name: query.get('name') ?? '',
        size,
        body: request.body ?? new Blob([]).stream(),
      },
      user.name,
    );
    return Response.json({ path });
  },
});
