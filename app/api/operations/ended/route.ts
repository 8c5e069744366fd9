import { route } from '@/lib/actions/route';
import { listEndedOperations } from '@/lib/operations/commands';

/** `?ids=`, with commas between them: for a tab that waits for them. */
export const GET = route(listEndedOperations, {
  input: ({ query }) => ({ ids: query.ids?.split(',') }),
});
