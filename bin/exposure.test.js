import { describe, expect, it } from 'vitest';
import { engineExposure, serverExposure } from './exposure.js';

describe('listening', () => {
  it.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('on %s exposes nothing', (host) => {
    expect(serverExposure({ host, https: false })).toBeNull();
  });

  it.each(['0.0.0.0', '::', '192.0.2.1', 'build.example.org', '127.example.org'])(
    'on %s exposes passwords, unless a proxy serves HTTPS',
    (host) => {
      expect(serverExposure({ host, https: false })?.text).toBe(
        `Listening on ${host} without HTTPS: passwords and login sessions are readable on the network.`,
      );
      expect(serverExposure({ host, https: true })).toBeNull();
    },
  );
});

describe('an engine', () => {
  it.each(['unix:///var/run/docker.sock', 'npipe:////./pipe/docker_engine', 'ssh://ann@build'])(
    'at %s is exposed to nobody',
    (address) => expect(engineExposure(address, {})).toBeNull(),
  );

  it('at a TCP port without TLS is exposed to the network, or to the users of this machine', () => {
    expect(engineExposure('tcp://192.0.2.1:2375', {})?.text).toBe(
      'The engine at tcp://192.0.2.1:2375 is reached without TLS: whoever reaches that port can control it, and is root on its machine.',
    );
    for (const host of ['127.0.0.1', '[::1]', 'localhost'])
      expect(engineExposure(`tcp://${host}:2375`, {})?.text).toContain(
        'every user of this machine can control it',
      );
    expect(engineExposure('tcp://192.0.2.1:2376', { DOCKER_TLS_VERIFY: '1' })).toBeNull();
  });
});
