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

type Listed = 'containers' | 'images';

const timers = engineCache('pulse-batches', (): Partial<Record<Listed, NodeJS.Timeout>> => ({}));

/** Makes every page that shows containers, or images, read them again, after at most `batchMs`. */
function listChanged(engine: Engine, topic: Listed): void {
  const batches = timers(engine);
  batches[topic] ??= setTimeout(() => {
    delete batches[topic];
    bumpPulse(topic);
  }, batchMs).unref();
}

export const containersChanged = (engine: Engine): void => listChanged(engine, 'containers');

/**
 * Notifies pages and the queue of an engine's status, and pages of changes of its containers and images, also those by
 * other clients.
 */
export function followEngine(engine: Engine): void {
  subscribe(engine, 'engine', () => {
    bumpPulse();
    lookForWork();
  });
  subscribe(engine, 'containers', () => listChanged(engine, 'containers'));
  subscribe(engine, 'images', () => listChanged(engine, 'images'));
}
