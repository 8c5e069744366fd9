import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { engineEvents } from '@/lib/engine/system/events';
import { AppError } from '@/lib/errors';
import { type Engine, engineCache } from '@/lib/engine/engine';
import { currentEngine } from './engine-watch';
import { bumpPulse } from './pulse';

/** ms. A stream that ended is asked for again after this; the engine's own watch looks as often. */
const again = 4000;
/**
 * Changes come in batches (a compose project, a classic build): pages are told once for all within it. Not sooner: a
 * browser on the engine's own machine drops what it is loading half a second after a container's network has gone.
 */
const batchMs = 1000;

/** What changes how a container looks in a list. Health checks and terminals make events all the time, too. */
const shown = new Set(
  'create start restart die stop kill pause unpause destroy rename oom update health_status'.split(' '),
);

interface Watch {
  started: boolean;
  telling: NodeJS.Timeout | undefined;
}
const watch = engineCache('container-watch', (): Watch => ({ started: false, telling: undefined }));

/** Tells every page that shows containers to read them again, soon. */
export function containersChanged(engine: Engine): void {
  const state = watch(engine);
  state.telling ??= setTimeout(() => {
    state.telling = undefined;
    bumpPulse('containers');
  }, batchMs).unref();
}

async function follow(engine: Engine): Promise<void> {
  const { signal } = new AbortController(); // for the life of the process
  for (;;) {
    try {
      if ((await currentEngine(engine)).state === 'ready') {
        containersChanged(engine); // what happened while nobody listened
        for await (const { action } of engineEvents(engine, ['container'], signal))
          if (shown.has(action)) containersChanged(engine);
      }
    } catch (error) {
      // The watch on the engine says that it is away, and why; a stream that ended is asked for again.
      if (!(error instanceof AppError)) throw error;
    }
    await sleep(again, undefined, { ref: false });
  }
}

/** Follows the engine's events, so that lists of containers keep up with what is done past this app. */
export function watchContainers(engine: Engine): void {
  const state = watch(engine);
  if (state.started) return;
  state.started = true;
  void follow(engine).catch((error: unknown) => {
    state.started = false;
    console.error('Containers are not watched any more:', error);
  });
}
