import { Readable } from 'node:stream';
import { protocolRoute as route } from '@/lib/actions/route';
import { attachment } from '@/lib/format/attachment';
import { projectDirectory } from '@/lib/projects/files';
import { packDirectory } from '@/lib/projects/pack';
import { getProject } from '@/lib/projects/store';

/** All files of a project as one .tar, made while it is read. */
export const GET = route({
  permission: 'project:read',
  run: async (_request, { params }) => {
    const project = await getProject(params.projectId ?? '');
    const tar = packDirectory(projectDirectory(project));
    return new Response(Readable.toWeb(tar) as ReadableStream<Uint8Array>, {
      headers: attachment(`${project.folder}.tar`, 'application/x-tar'),
    });
  },
});
