import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { changeCount } from '@/lib/engine/wire/changes';
import { engineEvents, touchesImages } from '@/lib/engine/system/events';
import { AppError } from '@/lib/errors';
import { currentEngine } from '@/lib/operations/engine-watch';
import { type Engine, engineCache } from '@/lib/engine/engine';

/** ms between two tries to listen to an engine that is away or does not tell. */
const retryEvery = 2000;

interface Watch {
  /** Whether the engine tells us what happens: without it nothing may be kept. */
  listening: boolean;
  events: number;
  started: boolean;
}

const watch = engineCache('image-watch', (): Watch => ({ listening: false, events: 0, started: false }));

/** What a list of images was read after; null while nobody would tell that it has changed. */
export const imagesVersion = (engine: Engine): string | null =>
  watch(engine).listening ? `${watch(engine).events}.${changeCount(engine)}` : null;

async function listen(engine: Engine): Promise<void> {
  const state = watch(engine);
  if ((await currentEngine(engine)).state !== 'ready') return;
  const { signal } = new AbortController(); // for the life of the process
  const onOpen = () => {
    state.events += 1; // what happened before is not known
    state.listening = true;
  };
  for await (const event of engineEvents(engine, ['image', 'container', 'builder'], signal, onOpen))
    if (touchesImages(event)) state.events += 1;
}

/** Listens to the engine for as long as the server runs. */
export function watchImages(engine: Engine): void {
  const state = watch(engine);
  if (state.started) return;
  state.started = true;
  const goOn = async () => {
    for (;;) {
      try {
        await listen(engine);
      } catch (error) {
        // The engine went away: pages say so, and the next try finds it again.
        if (!(error instanceof AppError)) throw error;
      } finally {
        state.listening = false;
      }
      await sleep(retryEvery, undefined, { ref: false });
    }
  };
  goOn().catch((error: unknown) => {
    state.started = false;
    console.error('Images are no longer watched, and every list asks the engine again:', error);
  });
}
