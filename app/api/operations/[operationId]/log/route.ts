import { route } from '@/lib/actions/route';
import { readLogLines } from '@/lib/operations/commands';

export const GET = route(readLogLines, { id: 'operationId' });
