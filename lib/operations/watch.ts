import 'server-only';
import { type Engine, engineCache } from '@/lib/engine/engine';
import { subscribe } from '@/lib/engine/system/watch';
import { bumpPulse } from './pulse';
import { lookForWork } from './runner';

/**
 * Changes come in batches (a compose project, a classic build): pages are told once for all within it. Not sooner: a
 * browser on the engine's own machine drops what it is loading half a second after a container's network has gone.
 */
const batchMs = 1000;

const batch = engineCache('container-batch', (): { timer: NodeJS.Timeout | undefined } => ({
  timer: undefined,
}));

/** Tells every page that shows containers to read them again, soon. */
export function containersChanged(engine: Engine): void {
  const state = batch(engine);
  state.timer ??= setTimeout(() => {
    state.timer = undefined;
    bumpPulse('containers');
  }, batchMs).unref();
}

/** Pages and the queue follow the state of an engine, and lists of containers what is done past this app. */
export function followEngine(engine: Engine): void {
  subscribe(engine, 'engine', () => {
    bumpPulse();
    lookForWork();
  });
  subscribe(engine, 'containers', () => containersChanged(engine));
}
