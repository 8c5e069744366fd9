import type { Unknown } from '@/lib/builds/cause';

/** What could not be compared, and why. */
export const unknownText: Record<Unknown, string> = {
  files: 'File changes are unknown: one of the builds has no file list.',
  base: 'Base image changes are unknown: the engine did not report its digest for both builds.',
  dockerfile: 'Nothing to compare: one of the builds has no stored Dockerfile.',
  place: 'Not compared: the step does not match exactly one instruction of the Dockerfile.',
};
