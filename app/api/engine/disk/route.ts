import { route } from '@/lib/actions/route';
import { measureDisk } from '@/lib/disk/commands';

export const GET = route(measureDisk, { input: ({ query }) => ({ force: query.force === '1' }) });
