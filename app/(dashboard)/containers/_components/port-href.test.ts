import { expect, test } from 'vitest';
import { portHref, portText } from './port-href';

const port = { inside: 80, protocol: 'tcp', outside: 8080, address: '' } as const;

test('a published port is opened at the host that the browser used', () => {
  expect(portHref(port, 'build.example')).toBe('http://build.example:8080/');
  expect(portHref(port, '[::1]')).toBe('http://[::1]:8080/');
  expect(portHref({ ...port, inside: 443, outside: 8443 }, 'localhost')).toBe('https://localhost:8443/');
});

test('one that listens on one address is opened there, and not at all where it cannot be reached', () => {
  expect(portHref({ ...port, address: '192.0.2.7' }, 'build.example')).toBe('http://192.0.2.7:8080/');
  expect(portHref({ ...port, address: '127.0.0.1' }, 'build.example')).toBeNull();
  expect(portHref({ ...port, address: '127.0.0.1' }, 'localhost')).toBe('http://localhost:8080/');
});

test('what no browser opens is no link', () => {
  expect(portHref({ ...port, outside: null }, 'localhost')).toBeNull();
  expect(portHref({ ...port, protocol: 'udp' }, 'localhost')).toBeNull();
});

test('the text says from where to where', () => {
  expect(portText(port)).toBe('8080 → 80');
  expect(portText({ ...port, address: '127.0.0.1', protocol: 'udp' })).toBe('127.0.0.1:8080 → 80/udp');
  expect(portText({ ...port, outside: null })).toBe('80');
});
