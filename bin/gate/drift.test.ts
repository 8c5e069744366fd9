import { expect, test } from 'vitest';
import type { BuildRequest } from '@/lib/builders/builder';
import { commonQuery } from '@/lib/builders/query';
import { buildRequest } from '@/lib/builders/testing/request';
import { parseAllowed } from './allowed.js';
import { checkBuildQuery, type Query } from './build.js';

/** With every option: a new one is missing here at once. */
const complete: Required<BuildRequest> = {
  ...buildRequest(),
  tags: ['a:1', 'b:2'],
  buildArgs: { A: 'b' },
  labels: { made: 'by test' },
  target: 'stage',
  platform: 'linux/amd64',
  noCache: true,
  pull: true,
  networkMode: 'none',
  extraHosts: ['h:10.0.0.1'],
  cacheFrom: ['a:1'],
  shmSize: 1,
  ulimits: [{ name: 'nofile', soft: 1, hard: 2 }],
  memory: 1,
  cpus: 1,
  cpuset: '0',
};

test.each(['docker', 'podman'] as const)('every option of a build passes: %s', (product) => {
  const query = Object.entries(commonQuery(complete, product)).flatMap(([name, value]) =>
    [value].flat().map((one): Query[number] => [name, String(one)]),
  );
  expect(query.length).toBeGreaterThan(15);
  expect(checkBuildQuery(query, parseAllowed(''))).toEqual(query);
});
