import { describe, expect, test } from 'vitest';
import { buildOptions, defaultOptions } from './options/schema';
import { projectName } from './schema';

test('a stored object of an older version reads, with defaults for the rest', () => {
  expect(buildOptions.parse({ tags: ['a'] })).toEqual({ ...defaultOptions, tags: ['a'] });
});

test('a full set of options is unchanged', () => {
  const full = {
    dockerfile: 'docker/web.Dockerfile',
    target: 'build',
    buildArgs: [{ name: 'VERSION', value: '1' }],
    labels: [{ name: 'org.opencontainers.image.source', value: 'x' }],
    tags: ['registry-host:5000/myadmin/mysite:1.2', 'mysite'],
    platform: 'linux/arm/v7',
    noCache: true,
    pull: true,
    networkMode: 'host',
    extraHosts: ['db:10.0.0.1', 'me:host-gateway', 'six:::1', 'six2:[fe80::1]'],
    cacheFrom: ['mysite:cache', `mysite@sha256:${'a'.repeat(64)}`],
    secrets: [{ id: 'npm_token' }],
    shmSize: 64 * 1024 * 1024,
    ulimits: [{ name: 'nofile', soft: 1024, hard: -1 }],
    memory: 512 * 1024 * 1024,
    cpus: 1.5,
    cpuset: '0-1,3',
    builder: 'classic',
    pushTargets: [{ registryId: 'r1', repository: 'myadmin/mysite', tag: '1.2' }],
  };
  expect(buildOptions.parse(full)).toEqual(full);
});

const wrong: [field: string, value: object, message: RegExp][] = [
  ['dockerfile', { dockerfile: '../../etc/passwd' }, /must stay in the project/],
  ['dockerfile', { dockerfile: '/etc/passwd' }, /relative to the project/],
  ['dockerfile', { dockerfile: 'x'.repeat(1_000_000) }, /at most 1024/],
  ['dockerfile', { dockerfile: '' }, /Enter a path/],
  ['target', { target: 'a b' }, /stage/],
  ['buildArgs.0.name', { buildArgs: [{ name: '1x', value: '' }] }, /not beginning with a digit/],
  ['buildArgs.0.name', { buildArgs: [{ name: 'BUILDKIT_SYNTAX', value: 'evil/x' }] }, /not allowed/],
  [
    'buildArgs.1',
    {
      buildArgs: [
        { name: 'A', value: '' },
        { name: 'A', value: '' },
      ],
    },
    /Duplicate/,
  ],
  ['buildArgs.0.value', { buildArgs: [{ name: 'A', value: 'a\0' }] }, /NUL/],
  ['labels.0.name', { labels: [{ name: 'a=b', value: '' }] }, /cannot contain spaces/],
  ['tags.0', { tags: ['My Site'] }, /.+/],
  ['tags.0', { tags: ['$(id)'] }, /.+/],
  ['tags.0', { tags: [`a@sha256:${'a'.repeat(64)}`] }, /cannot contain a digest/],
  ['tags', { tags: Array.from({ length: 21 }, (_, n) => `a${n}`) }, /At most 20/],
  ['platform', { platform: 'arm64' }, /linux\/arm64/],
  ['networkMode', { networkMode: 'container:x' }, /.+/],
  ['extraHosts.0', { extraHosts: ['db'] }, /name:address/],
  ['extraHosts.0', { extraHosts: ['db:300.1.1.1'] }, /IP address/],
  ['extraHosts.0', { extraHosts: ['a b:1.2.3.4'] }, /host name/],
  ['secrets.0.id', { secrets: [{ id: '../x' }] }, /secret/],
  ['shmSize', { shmSize: 5 }, /at least 1m/],
  ['memory', { memory: -1 }, /at least 6m/],
  ['cpus', { cpus: 0 }, /At least/],
  ['cpuset', { cpuset: '0-' }, /from 0/],
  ['ulimits.0.name', { ulimits: [{ name: 'x', soft: 1, hard: 1 }] }, /one of core/],
  ['ulimits.0', { ulimits: [{ name: 'nofile', soft: 2, hard: 1 }] }, /exceeds the hard limit/],
  ['pushTargets.0.repository', { pushTargets: [{ registryId: 'r', repository: 'A', tag: 'x' }] }, /.+/],
  [
    'pushTargets.0.repository',
    { pushTargets: [{ registryId: 'r', repository: 'a:1', tag: 'x' }] },
    /without a tag/,
  ],
  ['pushTargets.0.tag', { pushTargets: [{ registryId: 'r', repository: 'a', tag: 'a b' }] }, /.+/],
  ['builder', { builder: 'kaniko' }, /.+/],
];

describe('an invalid option is reported with the reason', () => {
  test.each(wrong)('%s %j', (field, value, message) => {
    const { error } = buildOptions.safeParse(value);
    const issue = error?.issues.find((other) => other.path.join('.') === field);
    expect(issue?.message, JSON.stringify(error?.issues)).toMatch(message);
  });
});

test.each([
  ['mysite', true],
  ['My site 2', true],
  ['Größe_1.0', true],
  ['', false],
  ['  ', false],
  ['-x', false],
  ['a/b', false],
  ['a\nb', false],
  ['<script>', false],
  ['x'.repeat(65), false],
])('the project name %j: %s', (name, good) => {
  expect(projectName.safeParse(name).success).toBe(good);
});
