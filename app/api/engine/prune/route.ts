import { route } from '@/lib/actions/route';
import { previewPruning } from '@/lib/disk/commands';

export const GET = route(previewPruning);
