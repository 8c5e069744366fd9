import type { Unknown } from '@/lib/builds/cause';

/** What is not known, and why; a cause may hide there. */
export const unknownText: Record<Unknown, string> = {
  files: 'Whether its files changed is not known: the list of one of the builds was not kept.',
  base: 'Whether its base image changed is not known: the engine did not tell its digest in both builds.',
  dockerfile: 'The Dockerfile of one of the builds was not kept, so nothing can be compared.',
  place: 'Which instruction of the Dockerfile it is is not certain, so it cannot be compared.',
};
