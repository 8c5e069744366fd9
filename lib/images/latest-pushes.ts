import 'server-only';
import { listWithInput } from '@/lib/operations/store';
import type { OperationSummary } from '@/lib/operations/schema';
import { pushInput } from './schema';

/** Looked back at; an image that was pushed before them was built long ago. */
const remembered = 50;

/** The latest pushes, newest first, and the images of those that succeeded. */
export async function listLatestPushes(): Promise<{
  pushes: OperationSummary[];
  pushedImages: ReadonlySet<string>;
}> {
  const found = await listWithInput('push', remembered);
  return {
    pushes: found.map(({ operation }) => operation),
    pushedImages: new Set(
      found.flatMap(({ operation, input }) => {
        const parsed = pushInput.safeParse(input);
        return operation.status === 'succeeded' && parsed.success ? [parsed.data.imageId] : [];
      }),
    ),
  };
}
