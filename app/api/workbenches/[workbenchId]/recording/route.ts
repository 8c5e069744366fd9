import { route } from '@/lib/actions/route';
import { sendDownload } from '@/lib/actions/send-bytes';
import { downloadRecording } from '@/lib/workbenches/commands';

/** `?terminal=` */
export const GET = route(downloadRecording, { id: 'workbenchId', answer: sendDownload });
