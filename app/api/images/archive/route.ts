import { route } from '@/lib/actions/route';
import { sendDownload } from '@/lib/actions/send-bytes';
import { saveImages } from '@/lib/images/commands';

/** `?image=` once for each, a name or an id. */
export const GET = route(saveImages, {
  input: ({ request }) => ({ images: new URL(request.url).searchParams.getAll('image') }),
  answer: sendDownload,
});
