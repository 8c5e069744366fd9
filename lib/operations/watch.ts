import 'server-only';
import { type Engine, engineCache } from '@/lib/engine/engine';
import { subscribe } from '@/lib/engine/system/watch';
import { bumpPulse } from './pulse';
import { lookForWork } from './runner';

/**
 * Changes come in batches (a compose project, a classic build): pages are notified once for all within this time. A
 * shorter one would make pages load while a browser on the engine's machine drops its requests, which it does half a
 * second after a container's network has gone.
 */
const batchMs = 1000;

const batch = engineCache('container-batch', (): { timer: NodeJS.Timeout | undefined } => ({
  timer: undefined,
}));

/** Makes every page that shows containers read them again, after at most `batchMs`. */
export function containersChanged(engine: Engine): void {
  const state = batch(engine);
  state.timer ??= setTimeout(() => {
    state.timer = undefined;
    bumpPulse('containers');
  }, batchMs).unref();
}

/**
 * Notifies pages and the queue of an engine's status, and pages of changes of its containers, also those by other
 * clients.
 */
export function followEngine(engine: Engine): void {
  subscribe(engine, 'engine', () => {
    bumpPulse();
    lookForWork();
  });
  subscribe(engine, 'containers', () => containersChanged(engine));
}
