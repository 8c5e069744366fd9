import { randomBytes } from 'node:crypto';
import type { BuildRequest } from '@/lib/builders/builder';

/** A build of a directory with nothing special about it. */
export const buildRequest = (over: Partial<BuildRequest> & { directory?: string } = {}): BuildRequest => {
  const { directory = '/nowhere', ...rest } = over;
  return {
    buildId: `test-${randomBytes(8).toString('hex')}`,
    builder: 'buildkit',
    context: { directory, sharedKey: directory, excludes: () => false },
    dockerfile: 'Dockerfile',
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
