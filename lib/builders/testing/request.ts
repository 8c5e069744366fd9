import { randomBytes } from 'node:crypto';
import type { BuildRequest } from '@/lib/builders/builder';
import { type ContextParts, makeContext } from '@/lib/contexts/testing/context';

/** A build of a directory with nothing special about it. */
export const buildRequest = (over: Partial<BuildRequest> & ContextParts = {}): BuildRequest => {
  const { directory, dockerfile, ignored, ...rest } = over;
  return {
    buildId: `test-${randomBytes(8).toString('hex')}`,
    builder: 'buildkit',
    context: makeContext({ directory, dockerfile, ignored }),
    tags: [],
    buildArgs: {},
    labels: {},
    noCache: false,
    pull: false,
    extraHosts: [],
    cacheFrom: [],
    secrets: {},
    ulimits: [],
    credentials: () => Promise.resolve(null),
    ...rest,
  };
};
