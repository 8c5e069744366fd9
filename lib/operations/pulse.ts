import 'server-only';
import { remember } from '@/lib/remember';

/** Says that the set of queued and running operations changed, or something else that every page shows. */
interface PulseBoard {
  version: number;
  waiters: Set<() => void>;
}

/** From the clock: no page that was open over a restart takes a version of this process for one that it has seen. */
const board = () => remember('pulse', (): PulseBoard => ({ version: Date.now(), waiters: new Set() }));

export const pulseVersion = () => board().version;

export function bumpPulse(): void {
  const pulse = board();
  pulse.version += 1;
  const waiting = [...pulse.waiters];
  pulse.waiters.clear();
  for (const resolve of waiting) resolve();
}

/** Resolves when the version is no longer `seen`, or when the signal is aborted. */
export function nextPulse(seen: number, signal: AbortSignal): Promise<void> {
  const pulse = board();
  if (pulse.version !== seen || signal.aborted) return Promise.resolve();
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
