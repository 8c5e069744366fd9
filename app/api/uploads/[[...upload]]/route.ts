import { protocolRoute } from '@/lib/actions/route';
import { handleUpload } from '@/lib/uploads/handle';

/** Uploads that resume: the tus protocol, https://tus.io/protocols/resumable-upload */
const upload = protocolRoute({
  name: 'upload.send',
  permission: 'upload:write',
  audit: { none: 'An uploaded file changes nothing until a command uses it; that has entries.' },
  run: (request, { user, params }) => handleUpload(request, params.upload ?? '', user.id),
});

export { upload as POST, upload as HEAD, upload as PATCH, upload as DELETE };
