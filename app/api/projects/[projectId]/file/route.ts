import { Readable } from 'node:stream';
import { protocolRoute as route } from '@/lib/actions/route';
import { attachment } from '@/lib/format/attachment';
import { openForDownload, projectDirectory } from '@/lib/projects/files';
import { getProject } from '@/lib/projects/store';

/** The bytes of one file, `?path=`; always as a download, never as a page. */
export const GET = route({
  permission: 'project:read',
  run: async (request, { params }) => {
    const project = await getProject(params.projectId ?? '');
    const path = new URL(request.url).searchParams.get('path') ?? '';
    const { size, stream } = await openForDownload(projectDirectory(project), path);
    return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
      headers: { ...attachment(path.slice(path.lastIndexOf('/') + 1)), 'content-length': String(size) },
    });
  },
});
