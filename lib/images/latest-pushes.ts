import 'server-only';
import type { OperationSummary } from '@/lib/operations/schema';
import { pushOperation } from './push';

/** Looked back at; an image that was pushed before them was built long ago. */
const remembered = 50;

/** The latest pushes, newest first, and the images of those that succeeded. */
export async function listLatestPushes(): Promise<{
  pushes: OperationSummary[];
  pushedImages: ReadonlySet<string>;
}> {
  const found = await pushOperation.list({ limit: remembered });
  const succeeded = found.filter(({ operation }) => operation.status === 'succeeded');
  return {
    pushes: found.map(({ operation }) => operation),
    pushedImages: new Set(succeeded.map(({ input }) => input.imageId)),
  };
}
