import { route } from '@/lib/actions/route';
import { sendDownload } from '@/lib/actions/send-bytes';
import { exportAudit } from '@/lib/audit/log/commands';

/** `?user=&command=&outcome=&from=&to=` */
export const GET = route(exportAudit, { answer: sendDownload });
