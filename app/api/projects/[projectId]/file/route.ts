import { route } from '@/lib/actions/route';
import { sendDownload } from '@/lib/actions/send-bytes';
import { downloadFile } from '@/lib/projects/file-commands';

/** `?path=` */
export const GET = route(downloadFile, { id: 'projectId', answer: sendDownload });
