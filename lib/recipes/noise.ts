import { noisePattern } from '@/lib/known/noise';

/** Session traces that should not be reproduced. */
const traces = [noisePattern(['history', 'swapFiles']), /^\/root\/\.local(?:\/share)?$/];

/** Regenerated when needed, so not copied. */
const volatile = noisePattern([
  'temporary',
  'logs',
  'packageCaches',
  'homeCaches',
  'computed',
  'packageCopies',
  'packageLocks',
  'accountLocks',
  'leases',
  'engineMade',
]);

export const isTrace = (path: string): boolean => traces.some((rule) => rule.test(path));
export const isVolatile = (path: string): boolean => isTrace(path) || volatile.test(path);
