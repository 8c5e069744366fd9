import 'server-only';
import { remember } from '@/lib/remember';

/** What changed: the set of queued and running operations (or the engine's state), or the engine's containers or images. */
type PulseTopic = 'work' | 'containers' | 'images';

/** Says that something changed that pages show. */
interface PulseBoard {
  versions: Record<PulseTopic, number>;
  waiters: Set<() => void>;
}

/** From the clock: no page that was open over a restart takes a version of this process for one that it has seen. */
const board = () =>
  remember('pulse', (): PulseBoard => {
    const now = Date.now();
    return { versions: { work: now, containers: now, images: now }, waiters: new Set() };
  });

export const pulseVersions = (): Record<PulseTopic, number> => ({ ...board().versions });

/** Goes up with every change of any topic. */
export const pulseMark = (): number => Object.values(board().versions).reduce((sum, one) => sum + one, 0);

export function bumpPulse(topic: PulseTopic = 'work'): void {
  const pulse = board();
  pulse.versions[topic] += 1;
  const waiting = [...pulse.waiters];
  pulse.waiters.clear();
  for (const resolve of waiting) resolve();
}

/** Resolves when the mark is no longer `seen`, or when the signal is aborted. */
export function nextPulse(seen: number, signal: AbortSignal): Promise<void> {
  const pulse = board();
  if (pulseMark() !== seen || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      pulse.waiters.delete(done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    pulse.waiters.add(done);
    signal.addEventListener('abort', done);
  });
}
