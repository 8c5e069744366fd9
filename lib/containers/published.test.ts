import { expect, test } from 'vitest';
import { makeEngine } from '@/lib/engine/engine';
import { portHosts } from './published';

const hosts = (address: string, page: string | null, configured = '') =>
  portHosts(makeEngine({ id: 'x', address }), page, configured).published;
const local = 'unix:///var/run/docker.sock';

test.each(['127.0.0.1:3000', 'localhost:3000', '[::1]:3000', 'localhost'])(
  'on this machine, asked as %s, ports are opened under a name that has no login session',
  (page) => expect(hosts(local, page)).toBe('ports.localhost'),
);

test.each(['build.example:3000', '192.0.2.7:3000', '[2001:db8::1]:3000', null, 'not a host'])(
  'asked as %s, no other name of this machine is known',
  (page) => expect(hosts(local, page)).toBeNull(),
);

test('an engine elsewhere has a host of its own, unless the page has the same', () => {
  expect(hosts('tcp://engine.example:2376', 'build.example')).toBe('engine.example');
  expect(hosts('ssh://root@engine.example', 'build.example')).toBe('engine.example');
  expect(hosts('tcp://build.example:2376', 'build.example:3000')).toBeNull();
  expect(hosts('tcp://127.0.0.1:2375', 'build.example')).toBeNull();
  expect(hosts('tcp://127.0.0.1:2375', 'localhost:3000')).toBe('ports.localhost');
});

test('a configured host is taken, but never the page’s own', () => {
  expect(hosts(local, 'build.example:3000', 'containers.example')).toBe('containers.example');
  expect(hosts(local, 'containers.example:3000', 'containers.example')).toBeNull();
});
