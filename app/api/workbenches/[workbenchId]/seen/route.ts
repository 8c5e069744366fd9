import { jsonInput } from '@/lib/actions/read-json';
import { route } from '@/lib/actions/route';
import { sendNothing } from '@/lib/actions/send-bytes';
import { noteDrawn } from '@/lib/workbenches/commands';

export const POST = route(noteDrawn, { id: 'workbenchId', input: jsonInput(1024), answer: sendNothing });
