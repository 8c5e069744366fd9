import { route } from '@/lib/actions/route';
import { searchLog } from '@/lib/operations/commands';

export const GET = route(searchLog, { id: 'operationId' });
