import { route } from '@/lib/actions/route';
import { sendDownload } from '@/lib/actions/send-bytes';
import { downloadLog } from '@/lib/operations/commands';

export const GET = route(downloadLog, { id: 'operationId', answer: sendDownload });
