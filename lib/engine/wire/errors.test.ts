import { afterEach, expect, test, vi } from 'vitest';
import { forget } from '@/lib/remember';
import { connectionError, failure } from './errors';

afterEach(() => {
  vi.unstubAllEnvs();
  forget('env');
});

const missing = Object.assign(new Error('connect ENOENT'), { code: 'ENOENT' });
const hintAt = (address: string) => connectionError(missing, address).hint;

test('an engine that npm start runs is not to be started by hand', () => {
  vi.stubEnv('LAYERWRIGHT_PRIVATE_ENGINE', 'unix:///data/engine/run/docker.sock');
  forget('env');
  expect(hintAt('unix:///data/engine/run/docker.sock')).toContain('restarts its private engine by itself');
  expect(hintAt('unix:///var/run/docker.sock')).toContain('systemctl start docker');
});

test('a gate that is away is not taken for the engine', () => {
  vi.stubEnv('LAYERWRIGHT_GATE', 'unix:///data/gate/run/engine.sock');
  forget('env');
  expect(hintAt('unix:///data/gate/run/engine.sock')).toContain('the gate before the engine');
});

test.each([
  [{ message: 'It mounts /etc.', gate: 'refused' }, 'forbidden', 'It mounts /etc.', /LAYERWRIGHT_GATE_ALLOW/],
  [{ message: 'Denied.', gate: 'denied' }, 'engine_denied', 'Denied.', /the user that runs the gate/],
  [{ message: 'Away.', gate: 'unreachable' }, 'engine_unreachable', 'Away.', /Start it/],
  [{ message: 'no such image', gate: 'answered' }, 'engine_rejected', 'No such image.', undefined],
  [{ message: 'no such image' }, 'engine_rejected', 'No such image.', undefined],
] as const)('%j is an error of the gate or of the engine', (body, code, message, hint) => {
  const error = failure(500, body, 'unix:///var/run/docker.sock');
  expect(error).toMatchObject({ code, message });
  if (hint) expect(error.hint).toMatch(hint);
  else expect(error.hint).toBeUndefined();
});
