import { afterEach, expect, test, vi } from 'vitest';
import { forget } from '@/lib/remember';
import { connectionError } from './errors';

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
