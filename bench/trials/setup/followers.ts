import { openViewer } from '@/e2e/setup/faults-viewers';
import type { World } from './world';

type Viewer = Awaited<ReturnType<typeof openViewer>>;

/** Followers of operations, as pages are, and what they were told before a kill. */
export function openFollowers(world: World) {
  const viewers = new Map<string, Viewer>();
  return {
    async follow(operation: string) {
      viewers.set(operation, await openViewer(world, operation));
    },
    count: () => [...viewers.values()].reduce((sum, { events }) => sum + events.length, 0),
    /** What they were told and the history does not have; the operations have ended. */
    async findLost(): Promise<string[]> {
      const lost: string[] = [];
      for (const [operation, { events }] of viewers) {
        const history = await openViewer(world, operation);
        await history.ended;
        const missing = events.findIndex(
          (event, index) => JSON.stringify(event) !== JSON.stringify(history.events[index]),
        );
        if (missing >= 0)
          lost.push(`event ${missing + 1} of ${events.length} of ${operation} is not in the history`);
      }
      return lost;
    },
  };
}
