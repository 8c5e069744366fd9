import { expect, test } from 'vitest';
import { listAnswer, stateOf, toSummary } from './answers';

const row = (own: object) =>
  toSummary(
    listAnswer.parse([
      { Id: 'a'.repeat(64), Names: ['/web'], Image: 'busybox', ImageID: 'sha256:0', ...own },
    ])[0]!,
  );

test('exit code and health are read from the words of the list', () => {
  expect(row({ State: 'exited', Status: 'Exited (137) 5 minutes ago' }).exitCode).toBe(137);
  expect(row({ State: 'running', Status: 'Up 2 hours (healthy)' })).toMatchObject({
    exitCode: null,
    health: 'healthy',
  });
  expect(row({ State: 'running', Status: 'Up 3 seconds (health: starting)' }).health).toBe('starting');
  expect(row({ State: 'created', Status: 'Created' }).exitCode).toBeNull();
});

test('a port that listens on IPv4 and IPv6 is one port', () => {
  const ports = [
    { PrivatePort: 80, PublicPort: 8080, Type: 'tcp', IP: '0.0.0.0' },
    { PrivatePort: 80, PublicPort: 8080, Type: 'tcp', IP: '::' },
    { PrivatePort: 53, Type: 'udp' },
  ];
  expect(row({ Ports: ports, State: 'running' }).ports).toEqual([
    { inside: 53, outside: null, protocol: 'udp', address: '' },
    { inside: 80, outside: 8080, protocol: 'tcp', address: '' },
  ]);
});

test('its own name is the one that is no link of another container', () => {
  expect(row({ Names: ['/other/alias', '/own'], State: 'running' }).name).toBe('own');
  expect(row({ Names: null, State: 'running' }).name).toBe('a'.repeat(12));
});

test('the words of Podman are understood, and unknown ones are no error', () => {
  expect(stateOf('configured')).toBe('created');
  expect(stateOf('stopping')).toBe('running');
  expect(stateOf('something new')).toBe('exited');
});
