import { protocolRoute } from '@/lib/actions/route';
import { handleUpload } from '@/lib/uploads/handle';

/** Uploads that resume: the tus protocol, https://tus.io/protocols/resumable-upload */
const upload = protocolRoute({
  permission: 'upload:write',
  run: (request, { user, params }) => handleUpload(request, params.upload ?? '', user.id),
});

export { upload as POST, upload as HEAD, upload as PATCH, upload as DELETE };
