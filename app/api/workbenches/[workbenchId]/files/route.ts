import { route } from '@/lib/actions/route';
import { sendDownload } from '@/lib/actions/send-bytes';
import { putFile, takeFile } from '@/lib/workbenches/commands';

/** `?path=` */
export const GET = route(takeFile, {
  id: 'workbenchId',
  input: ({ params, query }) => ({ ...params, path: query.path ?? '' }),
  answer: sendDownload,
});

/** `?directory=&name=`, the file as the body, of known length. */
export const PUT = route(putFile, {
  id: 'workbenchId',
  input: ({ request, params, query }) => ({
    ...params,
    directory: query.directory ?? '',
    name: query.name ?? '',
    size: Number(request.headers.get('content-length') ?? Number.NaN),
  }),
});
