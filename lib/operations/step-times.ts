import { clockShift } from '@/lib/clock';
import type { OperationEvent } from '@/lib/events/events';

/** Differences below, in ms, are rounding and the slewing of a time server. */
const noiseMs = 1000;

/**
 * Corrects the end of a step during which the clock was set, which is known from the monotonic clock. An engine on another
 * machine has a clock of its own: only what brings the step nearer to the time that has passed here is a correction.
 */
export function openStepTimes(): (event: OperationEvent) => OperationEvent {
  const begun = new Map<string, { started: number; at: number; shift: number }>();
  return (event) => {
    if (event.type !== 'step') return event;
    const { step, started, completed } = event;
    if (typeof started === 'number') begun.set(step, { started, at: performance.now(), shift: clockShift() });
    const begin = begun.get(step);
    if (!begin || typeof completed !== 'number') return event;
    const set = clockShift() - begin.shift;
    const offBy = (end: number) => Math.abs(end - begin.started - (performance.now() - begin.at));
    const corrected = completed - set;
    return Math.abs(set) > noiseMs && offBy(corrected) < offBy(completed)
      ? { ...event, completed: corrected }
      : event;
  };
}
