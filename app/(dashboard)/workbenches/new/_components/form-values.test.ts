import { expect, test } from 'vitest';
import { workbenchOptions } from '@/lib/workbenches/schema';
import { emptyValues, toOptions } from './form-values';

test('what was typed becomes options', () => {
  const values = {
    ...emptyValues('busybox'),
    shell: 'command' as const,
    command: 'top\n-d\n1\n',
    environment: [
      { name: 'A', value: 'b c' },
      { name: '', value: '' },
    ],
    ports: [
      { host: '8080', container: '80' },
      { host: '', container: '53/udp' },
      { host: '', container: '' },
    ],
    memory: '64m',
    cpus: '0.5',
    pids: '100',
    readOnly: true,
    writablePaths: '/tmp  /run',
  };
  expect(workbenchOptions.parse(toOptions(values))).toMatchObject({
    command: ['top', '-d', '1'],
    environment: [{ name: 'A', value: 'b c' }],
    ports: [
      { host: 8080, container: 80, protocol: 'tcp' },
      { host: null, container: 53, protocol: 'udp' },
    ],
    memory: 64 * 1024 * 1024,
    cpus: 0.5,
    pids: 100,
    readOnly: true,
    writablePaths: ['/tmp', '/run'],
    seccomp: 'default',
  });
});

test('what is wrong is named by its field', () => {
  const bad = {
    ...emptyValues('x'),
    name: '-',
    directory: 'tmp',
    ports: [{ host: '0', container: 'http' }],
    memory: '1',
  };
  const parsed = workbenchOptions.safeParse(toOptions(bad));
  const paths = parsed.error!.issues.map(({ path }) => path.join('.'));
  expect(paths.toSorted()).toEqual(['directory', 'memory', 'name', 'ports.0.container', 'ports.0.host']);
});
