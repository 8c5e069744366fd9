import { randomBytes } from 'node:crypto';
import type { BuildRequest } from '@/lib/builders/builder';
import { type ContextParts, makeContext, readContent } from '@/lib/contexts/testing/context';

/** A build of a directory with nothing special about it. */
export const buildRequest = (
  over: Partial<Omit<BuildRequest, 'dockerfile'>> & ContextParts = {},
): BuildRequest => {
  const { directory, dockerfile, ignored, ...rest } = over;
  const context = makeContext({ directory, dockerfile, ignored });
  return {
    buildId: `test-${randomBytes(8).toString('hex')}`,
    builder: 'buildkit',
    context,
    dockerfile: readContent(context),
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
