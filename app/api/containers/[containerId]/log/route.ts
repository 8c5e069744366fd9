import { route } from '@/lib/actions/route';
import { sendDownload } from '@/lib/actions/send-bytes';
import { downloadLog } from '@/lib/containers/commands';

export const GET = route(downloadLog, { id: 'containerId', answer: sendDownload });
