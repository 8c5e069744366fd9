import { expect, test } from 'vitest';
import type { RunOptions } from '@/lib/containers/run-schema';
import { readValues } from './read-values';
import { errorAt, firstValues, type RunValues } from './run-values';

const options: RunOptions = {
  imageId: 'sha256:0',
  imageName: 'mysite:1',
  suggestedName: 'mysite',
  takenNames: [],
  exposed: [{ inside: 80, protocol: 'tcp' }],
  entrypoint: '',
  command: 'httpd -f',
  environment: [],
  volumes: [],
  networks: ['bridge', 'host', 'none'],
  volumeNames: [],
  defaults: { cpus: 2, memory: 2 ** 31, isolation: ['seccomp (default)'], gate: null },
};
const first = firstValues(options);
const errorsOf = (own: Partial<RunValues>) => {
  const read = readValues('mysite:1', { ...first, ...own });
  return read.ok ? {} : (read.fields ?? {});
};

test('what is offered can be run as it is', () => {
  expect(readValues('mysite:1', first)).toMatchObject({
    ok: true,
    data: {
      name: 'mysite',
      ports: [{ inside: 80, outside: null, protocol: 'tcp' }],
      publishOn: '127.0.0.1',
      network: 'bridge',
    },
  });
});

test('each field says what is wrong with it', () => {
  expect(errorsOf({ name: '-x' })).toHaveProperty('name');
  expect(errorsOf({ command: `sh -c 'x` }).command).toContain('not closed');
  expect(errorsOf({ memory: 'much' }).memory).toContain('512m');
  expect(errorsOf({ memory: '1m' }).memory).toBe('At least 6m.');
  expect(errorsOf({ cpus: '-1' })).toHaveProperty('cpus');
  expect(errorsOf({ pids: '1.5' }).pids).toBe('Enter a whole number.');
  expect(errorAt(errorsOf({ readOnly: true, writablePaths: '/tmp run' }), 'writablePaths')(1)).toContain(
    'Absolute',
  );
  expect(errorsOf({ autoRemove: true, restart: 'always' })).toHaveProperty('autoRemove');
  expect(errorsOf({ network: 'host' }).ports).toContain('no ports are published');
  const port = { inside: '80', outside: '99999', protocol: 'tcp' } as const;
  expect(errorAt(errorsOf({ ports: [port] }), 'ports')(0)).toContain('1 to 65535');
  const mount = { source: 'data', target: 'relative', readOnly: false };
  expect(errorAt(errorsOf({ mounts: [mount] }), 'mounts')(0)).toContain('begins with “/”');
});

test('the same port or path twice is refused, another protocol is not', () => {
  const ports = [
    { inside: '80', outside: '8080', protocol: 'tcp' as const },
    { inside: '81', outside: '8080', protocol: 'tcp' as const },
  ];
  expect(errorAt(errorsOf({ ports }), 'ports')(1)).toBe('This port is used twice.');
  expect(errorsOf({ ports: [ports[0]!, { ...ports[1]!, protocol: 'udp' }] })).toEqual({});
});

test('empty rows are left out', () => {
  const read = readValues('mysite:1', {
    ...first,
    ports: [{ inside: '', outside: ' ', protocol: 'tcp' }],
    environment: [{ name: '', value: '' }],
    mounts: [{ source: '', target: '', readOnly: false }],
  });
  expect(read).toMatchObject({ ok: true, data: { ports: [], environment: [], mounts: [] } });
});
