/** `position` counts from 1. */
export const queuePosition = (position: number): string =>
  position === 1 ? 'next in queue' : `number ${position} in queue`;
