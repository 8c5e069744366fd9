import { expect, test } from 'vitest';
import { buildError, explainStepError } from './errors';
import { commonQuery, checkBuildId } from './query';
import type { BuilderName } from './choices';
import { featuresOf } from './features-of';
import { buildRequest } from '@/lib/builders/testing/request';
import type { EngineLogin } from '@/lib/registry/access';

const query = (over: Parameters<typeof buildRequest>[0], product: 'docker' | 'podman' = 'docker') =>
  Object.fromEntries(
    Object.entries(commonQuery(buildRequest(over), product)).filter(([, value]) => value !== undefined),
  );

test('a plain build asks for nothing special', () => {
  expect(query({ tags: ['a:1'] })).toEqual({ dockerfile: 'Dockerfile' });
});

test('every option has its key and shape', () => {
  expect(
    query({
      buildArgs: { A: '1' },
      labels: { l: 'x' },
      target: 'stage',
      platform: 'linux/arm64/v8',
      noCache: true,
      pull: true,
      networkMode: 'none',
      extraHosts: ['a:1.2.3.4', 'b=host-gateway'],
      cacheFrom: ['reg:5000/x:1'],
      shmSize: 128,
      ulimits: [{ name: 'nofile', soft: 1, hard: 2 }],
      memory: 1000,
      cpus: 1.5,
      cpuset: '0-1,3',
    }),
  ).toEqual({
    dockerfile: 'Dockerfile',
    buildargs: '{"A":"1"}',
    labels: '{"l":"x"}',
    target: 'stage',
    platform: 'linux/arm64/v8',
    nocache: true,
    pull: '1',
    networkmode: 'none',
    extrahosts: ['a:1.2.3.4', 'b:host-gateway'],
    cachefrom: '["reg:5000/x:1"]',
    shmsize: 128,
    ulimits: '[{"Name":"nofile","Soft":1,"Hard":2}]',
    memory: 1000,
    cpuperiod: 100_000,
    cpuquota: 150_000,
    cpusetcpus: '0-1,3',
  });
  expect(query({ extraHosts: ['a:1.2.3.4'] }, 'podman').extrahosts).toBe('["a:1.2.3.4"]');
  expect(query({ ulimits: [{ name: 'nofile', soft: 1, hard: 2 }] }, 'podman').ulimits).toBe('["nofile=1:2"]');
});

test.each<Parameters<typeof buildRequest>[0]>([
  { target: 'a b' },
  { platform: 'linux/amd64&outputs=[]' },
  { networkMode: 'container:x' as 'host' },
  { networkMode: 'bridge' as 'host' },
  { extraHosts: ['a'] },
  { extraHosts: ['a:1.2.3.4,b=5.6.7.8'] },
  { cacheFrom: ['type=local,src=/etc'] },
  { buildArgs: { 'A=B': '' } },
  { memory: -1 },
  { cpus: Number.NaN },
  { cpuset: '0;1' },
  { ulimits: [{ name: 'x=1,y', soft: 0, hard: 0 }] },
])('%j is refused before the engine sees it', (over) => {
  expect(() => query(over)).toThrow(expect.objectContaining({ code: 'invalid_input' }) as Error);
});

test('the id of a build is a word', () => {
  expect(checkBuildId('01h8xyz')).toBe('01h8xyz');
  expect(() => checkBuildId('upload-request:x')).toThrow();
});

const facts = (apiVersion: string, product: 'docker' | 'podman' = 'docker') => ({
  apiVersion,
  product,
  version: '1',
});

test('what a builder does not honour comes with the reason', () => {
  const honoured = (builder: BuilderName, engine: ReturnType<typeof facts>) =>
    Object.entries(featuresOf(builder).support(engine)).flatMap(([option, support]) =>
      support.honoured ? [] : [option],
    );
  expect(honoured('buildkit', facts('1.41'))).toEqual(['shmSize', 'ulimits', 'memory', 'cpus', 'cpuset']);
  expect(honoured('buildkit', facts('1.51'))).toEqual(['memory', 'cpus', 'cpuset']);
  expect(honoured('classic', facts('1.41'))).toEqual(['secrets']);
  expect(honoured('classic', facts('1.41', 'podman'))).toEqual(['secrets']);
  expect(featuresOf('classic').support(facts('1.41', 'podman')).secrets).toMatchObject({
    reason: expect.stringContaining('Podman') as string,
  });
});

test.each([
  ['executor failed running [/bin/sh -c exit 3]: exit code: 3', 'Exited with code 3.'],
  [
    'process "/bin/sh -c x" did not complete successfully: exit code: 127',
    'Exited with code 127: command not found.',
  ],
  [
    "The command '/bin/sh -c x' returned a non-zero code: 137",
    'Exited with code 137: killed, possibly out of memory.',
  ],
  [
    'failed to compute cache key: "/nofile" not found: not found',
    '"/nofile" is not in the build context; it may be excluded by .dockerignore.',
  ],
  [
    'failed to compute cache key: failed to calculate checksum of ref abc::def: "/nofile": not found',
    '"/nofile" is not in the build context; it may be excluded by .dockerignore.',
  ],
  [
    'COPY failed: file not found in build context or excluded by .dockerignore: stat nofile: file does not exist',
    '"nofile" is not in the build context; it may be excluded by .dockerignore.',
  ],
  [
    'failed to solve with frontend dockerfile.v0: failed to create LLB definition: dockerfile parse error line 3: unknown instruction: FOO',
    'Dockerfile parse error line 3: unknown instruction: FOO.',
  ],
  ['failed to solve: rpc error: code = Unknown desc = something else', 'Something else.'],
])('%s', (words, sentence) => {
  expect(explainStepError(words)).toBe(sentence);
});

const noLogin = () => Promise.resolve(null);
const someLogin = () => Promise.resolve({ username: 'ann', password: 'secret' } as EngineLogin);

test('a base image that cannot be fetched is explained by its registry', async () => {
  const step = {
    name: '[internal] load metadata for reg.example:5000/base:1',
    error: 'failed to authorize: 401 Unauthorized',
  };
  const refused = await buildError('failed to solve: ...', step, someLogin);
  expect(refused.message).toContain('reg.example:5000 refused the user name or password.');
  const error = await buildError('failed to solve: ...', step, noLogin);
  expect(error).toMatchObject({
    code: 'build_failed',
    message:
      'The base image reg.example:5000/base:1 could not be pulled. reg.example:5000 requires a login, and none was sent.',
  });
  expect(error.hint).toBeDefined();
});

test('a secret that is not chosen is told as such', () => {
  expect(explainStepError('failed to solve: secret tok: not found')).toBe(
    'The secret "tok" is not chosen for this build: choose it in the build options.',
  );
});

test('a frontend that cannot be fetched is called so, by its name without a scheme', async () => {
  const step = {
    name: 'resolve image config for docker-image://docker.io/docker/dockerfile:1',
    error: 'dial tcp: lookup registry-1.docker.io: no such host',
  };
  const { message } = await buildError('failed to solve: ...', step, noLogin);
  expect(message).toContain('The Dockerfile frontend docker.io/docker/dockerfile:1 could not be pulled.');
  expect(message).not.toContain('docker-image:');
});

test('a full disk is told as such', async () => {
  const error = await buildError('failed to copy: write /x: no space left on device', null, noLogin);
  expect(error.code).toBe('engine_full');
});

test('a full disk is found in the log of a command that only exits with a code', async () => {
  const step = { name: '[2/2] RUN fill', error: 'exit code: 1', line: 2 };
  const tail = "dd: error writing '/big': No space left on device\n12+0 records in\n";
  expect(await buildError('x', { ...step, tail }, noLogin)).toMatchObject({
    code: 'engine_full',
    message: 'Line 2, RUN fill: Exited with code 1. Its log says: no space left on device.',
    hint: expect.stringContaining('Remove unused images') as string,
  });
  expect((await buildError('x', { ...step, tail: 'other words\n' }, noLogin)).code).toBe('build_failed');
});

test('a full disk is not read from the text of a command', async () => {
  const error = 'executor failed running [/bin/sh -c echo "No space left on device"]: exit code: 1';
  const step = { name: '[2/2] RUN echo "No space left on device"', error };
  expect((await buildError(error, { ...step, tail: '' }, noLogin)).code).toBe('build_failed');
});

test('a long instruction is named by its beginning', async () => {
  const step = { name: `[2/2] RUN ${'a'.repeat(500)}`, error: 'exit code: 1', line: 4 };
  const error = await buildError('x', step, noLogin);
  expect(error.message.length).toBeLessThan(200);
  expect(error.message).toMatch(/^Line 4, RUN a+…: Exited with code 1\.$/);
});
