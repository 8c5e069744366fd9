import { expect, test } from 'vitest';
import { portHref, portText } from './port-href';

const here = { published: 'ports.localhost', page: '127.0.0.1' };
const elsewhere = { published: 'containers.example', page: 'build.example' };
const port = { inside: 80, protocol: 'tcp', outside: 8080, address: '' } as const;

test('a published port is opened at the host of published ports', () => {
  expect(portHref(port, elsewhere)).toBe('http://containers.example:8080/');
  expect(portHref(port, { ...elsewhere, published: '2001:db8::1' })).toBe('http://[2001:db8::1]:8080/');
  expect(portHref({ ...port, inside: 443, outside: 8443 }, here)).toBe('https://ports.localhost:8443/');
});

test('the host of the page is never linked: its cookies would be sent along', () => {
  expect(portHref(port, { published: null, page: 'build.example' })).toBeNull();
  expect(portHref(port, { published: '127.0.0.1', page: '127.0.0.1' })).toBeNull();
  expect(portHref({ ...port, address: '192.0.2.7' }, { ...elsewhere, page: '192.0.2.7' })).toBeNull();
});

test('one that listens on one address is opened there, and not at all where it cannot be reached', () => {
  expect(portHref({ ...port, address: '192.0.2.7' }, elsewhere)).toBe('http://192.0.2.7:8080/');
  expect(portHref({ ...port, address: '127.0.0.1' }, elsewhere)).toBeNull();
  expect(portHref({ ...port, address: '127.0.0.1' }, here)).toBe('http://ports.localhost:8080/');
});

test('what no browser opens is no link', () => {
  expect(portHref({ ...port, outside: null }, here)).toBeNull();
  expect(portHref({ ...port, protocol: 'udp' }, here)).toBeNull();
});

test('the text says from where to where', () => {
  expect(portText(port)).toBe('8080 → 80');
  expect(portText({ ...port, address: '127.0.0.1', protocol: 'udp' })).toBe('127.0.0.1:8080 → 80/udp');
  expect(portText({ ...port, outside: null })).toBe('80');
});
