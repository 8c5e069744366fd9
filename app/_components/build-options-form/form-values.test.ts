import { expect, test } from 'vitest';
import { buildOptions, defaultOptions } from '@/lib/projects/options/schema';
import { fromForm } from './check-form';
import { errorOf, formatSize, parseSize, toForm } from './form-values';

const full = buildOptions.parse({
  dockerfile: 'docker/web.Dockerfile',
  target: 'build',
  buildArgs: [
    { name: 'VERSION', value: '1' },
    { name: 'EMPTY', value: '' },
  ],
  labels: [{ name: 'a', value: 'b' }],
  tags: ['registry-host:5000/myadmin/mysite:1.2', 'mysite'],
  platform: 'linux/arm64',
  noCache: true,
  networkMode: 'none',
  extraHosts: ['db:10.0.0.1', 'me:host-gateway'],
  cacheFrom: ['mysite:cache'],
  secrets: [{ id: 'token' }],
  shmSize: 64 * 1024 ** 2,
  ulimits: [
    { name: 'nofile', soft: 1024, hard: 2048 },
    { name: 'core', soft: -1, hard: -1 },
  ],
  memory: 1536 * 1024 ** 2,
  cpus: 1.5,
  cpuset: '0-1,3',
  builder: 'classic',
  pushTargets: [{ registryId: 'r', repository: 'myadmin/mysite', tag: '1.2' }],
});

test.each([
  ['all options', full],
  ['the defaults', defaultOptions],
])('%s survive a round trip through the form', (_what, options) => {
  expect(fromForm(toForm(options))).toEqual({ ok: true, options });
});

test('sizes are read as Docker reads them', () => {
  expect(['512', '512b', '1k', '64m', '64MB', '64 MiB', '2G', '1.5g'].map(parseSize)).toEqual([
    512,
    512,
    1024,
    64 * 1024 ** 2,
    64 * 1024 ** 2,
    64 * 1024 ** 2,
    2 * 1024 ** 3,
    1.5 * 1024 ** 3,
  ]);
  expect(['', 'm', '-1', '1x', '1 2m'].map(parseSize)).toEqual([NaN, NaN, NaN, NaN, NaN]);
  expect([64 * 1024 ** 2, 2 * 1024 ** 3, 1000, 1536 * 1024 ** 2].map(formatSize)).toEqual([
    '64m',
    '2g',
    '1000',
    '1536m',
  ]);
});

test('empty rows and lines are ignored', () => {
  const form = toForm(defaultOptions);
  const parsed = fromForm({
    ...form,
    tags: ['', ' mysite '],
    buildArgs: [{ name: '', value: '' }],
    extraHosts: '\n \n',
    target: ' ',
  });
  expect(parsed).toEqual({ ok: true, options: { ...defaultOptions, tags: ['mysite'] } });
});

test('errors are reported by field and line', () => {
  const form = toForm(defaultOptions);
  const parsed = fromForm({
    ...form,
    memory: 'much',
    cpus: 'two',
    extraHosts: 'db:10.0.0.1\nnonsense',
    ulimits: 'nofile=2:1\nwhat',
    buildArgs: [{ name: '', value: 'x' }],
  });
  if (parsed.ok) throw new Error('accepted');
  const { errors } = parsed;
  expect(errors.memory).toMatch(/512m/);
  expect(errors.cpus).toMatch(/1\.5/);
  expect(errors['buildArgs.0.name']).toBeTruthy();
  expect(errorOf(errors, 'extraHosts', 2)).toBe('Line 2: Enter “name:address”.');
  expect(errorOf(errors, 'ulimits', 2)).toContain('Line 1: The soft limit exceeds the hard limit.');
  expect(errorOf(errors, 'ulimits', 2)).toContain('Line 2:');
  expect(errorOf(errors, 'tags')).toBeUndefined();
});
