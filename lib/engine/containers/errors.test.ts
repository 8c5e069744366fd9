import { expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import { containerError } from './errors';
import { engineError } from '@/lib/engine/wire/errors';

const told = (status: number, words: string) => containerError(engineError(status, words));

test.each([
  [
    500,
    'driver failed programming external connectivity on endpoint web (1f): Bind for 0.0.0.0:8080 failed: port is already allocated',
    { code: 'conflict', message: "Port 8080 of the engine's host is already in use.", field: 'ports' },
  ],
  [
    500,
    'driver failed programming external connectivity on endpoint web (1f): Error starting userland proxy: listen tcp4 127.0.0.1:80: bind: address already in use',
    { code: 'conflict', message: "Port 80 of the engine's host is already in use.", field: 'ports' },
  ],
  [
    409,
    'Conflict. The container name "/web" is already in use by container "1f". You have to remove (or rename) that container to be able to reuse that name.',
    { code: 'conflict', message: 'The name web is used by another container.', field: 'name' },
  ],
  [400, 'No command specified', { code: 'invalid_input', field: 'command' }],
  [
    400,
    'OCI runtime create failed: runc create failed: unable to start container process: exec: "foo": executable file not found in $PATH: unknown',
    { message: 'There is no program foo in the image (exit code 127).', field: 'command' },
  ],
  [
    400,
    'failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "/start.sh": stat /start.sh: no such file or directory: unknown',
    { message: 'There is no program /start.sh in the image (exit code 127).', field: 'command' },
  ],
  [
    400,
    'OCI runtime create failed: container_linux.go:380: starting container process caused: exec: "/etc/passwd": permission denied: unknown',
    { message: '/etc/passwd cannot be run: it is not executable (exit code 126).', field: 'command' },
  ],
  [
    400,
    'invalid mount config for type "bind": bind source path does not exist: /nowhere',
    { message: "There is no /nowhere on the engine's host.", field: 'binds' },
  ],
  [404, 'network web not found', { code: 'invalid_input', field: 'network' }],
  [404, 'No such image: mysite:9', { code: 'not_found' }],
  [400, 'Minimum memory limit allowed is 6MB', { code: 'invalid_input', field: 'memory' }],
])(
  'status %i, %s: said in plain words, at its field',
  (
    status,
    words,
    {
      field,
      ...expected
    }: {
      code?: string;
      message?: string;
      field?: string;
    },
  ) => {
    const error = told(status, words) as AppError;
    expect(error).toMatchObject(expected);
    expect(error.hint).toBeTruthy();
    expect(Object.keys(error.fields ?? {})).toEqual(field ? [field] : []);
  },
);

test('what is not known passes unchanged', () => {
  const error = engineError(500, 'something else');
  expect(containerError(error)).toBe(error);
  const other = new TypeError('no engine error');
  expect(containerError(other)).toBe(other);
});
