import { jsonInput } from '@/lib/actions/read-json';
import { route } from '@/lib/actions/route';
import { typeIntoTerminal } from '@/lib/workbenches/commands';

export const POST = route(typeIntoTerminal, { id: 'workbenchId', input: jsonInput(1024 * 1024) });
