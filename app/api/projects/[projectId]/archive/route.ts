import { route } from '@/lib/actions/route';
import { sendDownload } from '@/lib/actions/send-bytes';
import { downloadFiles } from '@/lib/projects/file-commands';

export const GET = route(downloadFiles, { id: 'projectId', answer: sendDownload });
