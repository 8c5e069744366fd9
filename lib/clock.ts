/** The machine's clock less the monotonic one, in ms: another value means that the clock was set (or that the machine slept). */
export const clockShift = (): number => Date.now() - performance.now();

/** A clock for one piece of work: the machine's time when it began, and from then on what has really passed. */
export function startClock(): () => number {
  const shift = clockShift();
  return () => Math.round(shift + performance.now());
}
