import { route } from '@/lib/actions/route';
import { sendEvents } from '@/lib/actions/send-bytes';
import { followLog } from '@/lib/containers/commands';

export const dynamic = 'force-dynamic';

export const GET = route(followLog, { id: 'containerId', answer: sendEvents });
