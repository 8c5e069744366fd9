import { route } from '@/lib/actions/route';
import { search } from '@/lib/search/commands';

export const GET = route(search);
