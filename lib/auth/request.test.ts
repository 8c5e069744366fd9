import { BlockList } from 'node:net';
import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { notePeer, peerHeader } from './peer';
import { allowedHosts, checkHost, checkOrigin, clientAddress } from './request';

const hosts = allowedHosts({ port: 3000, allowedHosts: ['build.example', 'proxy.example:8443'] });

test.each([
  'localhost:3000',
  'LOCALHOST:3000',
  '127.0.0.1:3000',
  '[::1]:3000',
  'build.example',
  'Build.Example:3000',
  'proxy.example:8443',
])('the host %s is answered', (host) => {
  expect(checkHost(new Headers({ host }), hosts)).toBe(host.toLowerCase());
});

test.each([
  'evil.example',
  'evil.example:3000',
  'localhost.evil.example:3000',
  '127.0.0.1.nip.io:3000',
  'localhost.:3000',
  'localhost:3001',
  'localhost',
  '127.0.0.1',
  '0.0.0.0:3000',
  '[::ffff:127.0.0.1]:3000',
  '127.1:3000',
  'user@localhost:3000',
  'localhost:3000, localhost:3000',
  'localhost:3000/',
  'proxy.example',
  'proxy.example:3000',
  '',
])('the host “%s” is misdirected', (host) => {
  expect(() => checkHost(new Headers({ host }), hosts)).toThrow(
    expect.objectContaining({ code: 'misdirected' }),
  );
});

test('no host at all is misdirected', () => {
  expect(() => checkHost(new Headers(), hosts)).toThrow(expect.objectContaining({ code: 'misdirected' }));
});

test('on port 80 the bare loopback names are answered too', () => {
  expect(allowedHosts({ port: 80, allowedHosts: [] }).has('localhost')).toBe(true);
});

const host = 'localhost:3000';
const refused = expect.objectContaining({ code: 'forbidden' });
const ask = (headers: Record<string, string>, method = 'POST', https = false, to = host) =>
  checkOrigin(new Headers(headers), method, to, https);

test('our own page may change something', () => {
  ask({ origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin', cookie: 'a=b' });
  ask({ origin: 'https://build.example', cookie: 'a=b' }, 'POST', true, 'build.example');
  ask({ origin: 'http://localhost:3000', cookie: 'a=b' }, 'POST', true);
});

test.each([
  ['another site', { origin: 'https://evil.example' }],
  ['a hidden origin', { origin: 'null' }],
  ['the same host on another port', { origin: 'http://localhost:3001' }],
  ['the same host by another scheme', { origin: 'https://localhost:3000' }],
  ['a name that begins like ours', { origin: 'http://localhost:3000.evil.example' }],
  ['another loopback name', { origin: 'http://127.0.0.1:3000' }],
  ['no origin, with a cookie', { cookie: 'lw_session=x' }],
  ['no origin, across sites', { 'sec-fetch-site': 'cross-site' }],
  ['another port by Sec-Fetch-Site', { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' }],
])('from %s nothing may be changed', (_name, headers) => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY'])
    expect(() => ask(headers as Record<string, string>, method)).toThrow(refused);
});

test('a program without cookies needs no origin', () => {
  ask({});
});

test('reading needs no origin, but another site may not even ask', () => {
  ask({ cookie: 'a=b' }, 'GET');
  ask({ cookie: 'a=b', 'sec-fetch-site': 'none' }, 'GET');
  expect(() => ask({ 'sec-fetch-site': 'cross-site' }, 'GET')).toThrow(refused);
});

const proxies = new BlockList();
proxies.addAddress('10.0.0.1', 'ipv4');
proxies.addSubnet('fd00::', 8, 'ipv6');

const from = (peer: string | null, forwarded?: string) => {
  const headers = new Headers();
  if (peer !== null) headers.set(peerHeader(), peer);
  if (forwarded !== undefined) headers.set('x-forwarded-for', forwarded);
  return clientAddress(headers, proxies);
};

test('X-Forwarded-For is trusted from our proxies only, and only as far as they wrote it', () => {
  expect(from('192.0.2.7', '1.2.3.4')).toBe('192.0.2.7');
  expect(from('10.0.0.1', '1.2.3.4')).toBe('1.2.3.4');
  expect(from('::ffff:10.0.0.1', '6.6.6.6, 1.2.3.4')).toBe('1.2.3.4');
  expect(from('10.0.0.1', '6.6.6.6, 1.2.3.4, fd00::2')).toBe('1.2.3.4');
  expect(from('10.0.0.1', 'garbage')).toBe('10.0.0.1');
  expect(from('10.0.0.1')).toBe('10.0.0.1');
  expect(from(null, '1.2.3.4')).toBe('unknown');
});

const incoming = (rawHeaders: string[], url = '/') => {
  const request = {
    rawHeaders,
    url,
    headers: { host: rawHeaders[1] },
    socket: { remoteAddress: '192.0.2.9' },
  };
  notePeer(request as unknown as IncomingMessage);
  return request.headers as Record<string, string>;
};

test('a request that names two hosts, none, or one in its first line is misdirected', () => {
  expect(incoming(['Host', 'localhost:3000']).host).toBe('localhost:3000');
  expect(incoming(['Host', 'localhost:3000', 'host', 'evil.example']).host).toBe('unclear.invalid');
  expect(incoming(['Host', 'localhost:3000'], 'http://evil.example/').host).toBe('unclear.invalid');
  expect(incoming([]).host).toBe('unclear.invalid');
});

test('what Next cannot take becomes what it can: no address, no method is an error of the server', () => {
  const taken = (url: string, method = 'GET') => {
    const request = { rawHeaders: ['Host', 'localhost:3000'], headers: {}, socket: {}, url, method };
    notePeer(request as unknown as IncomingMessage);
    return [request.method, request.url];
  };
  expect(taken('/builds?q=%ff')).toEqual(['GET', '/builds?q=%ff']);
  expect(taken('/%ff/x')).toEqual(['GET', '/undecodable']);
  expect(taken('/api/operations/%E0%A4%A')).toEqual(['GET', '/api/undecodable']);
  expect(taken('http://evil.example/builds/')).toEqual(['GET', '/builds/']);
  expect(taken('*', 'OPTIONS')).toEqual(['OPTIONS', '/']);
  expect(taken('/builds', 'TRACE')).toEqual(['OPTIONS', '/builds']);
});

test('the address of the socket travels under a name that cannot be guessed', () => {
  expect(incoming(['Host', 'localhost:3000'])[peerHeader()]).toBe('192.0.2.9');
  expect(peerHeader()).toMatch(/^x-peer-[0-9a-f]{32}$/);
});
