import { remember } from '@/lib/remember';

/** The machine's clock less the monotonic one, in ms: another value means that the clock was set (or that the machine slept). */
export const clockShift = (): number => Date.now() - performance.now();

/** A clock for one piece of work: the machine's time when it began, and from then on what has really passed. */
export function startClock(): () => number {
  const shift = clockShift();
  return () => Math.round(shift + performance.now());
}

/** The machine's time as it would be had the clock not been set since the server began. */
export const processClock = (): number => remember('process-clock', startClock)();

/** For what is deleted by its age: nothing becomes old by a clock that is set ahead. */
export const earliestNow = (): number => Math.min(Date.now(), processClock());
