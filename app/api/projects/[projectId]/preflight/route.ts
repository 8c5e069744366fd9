import { jsonInput } from '@/lib/actions/read-json';
import { route } from '@/lib/actions/route';
import { checkBeforeBuild } from '@/lib/builds/commands';

/** Options are a few kilobytes. */
const limitBytes = 2_000_000;

export const POST = route(checkBeforeBuild, { id: 'projectId', input: jsonInput(limitBytes) });
