import { expect, it } from 'vitest';
import { normaliseHost, parseHost } from './host';

it.each([
  ['registry-host:5000', 'registry-host:5000'],
  [' Registry.Example ', 'registry.example'],
  ['localhost', 'localhost'],
  ['127.0.0.1:5000', '127.0.0.1:5000'],
  ['[::1]:5000', '[::1]:5000'],
  ['[2001:db8::7]', '[2001:db8::7]'],
  ['docker.io', 'docker.io'],
])('%j is the host %s, without an explanation', (text, host) => {
  const parsed = parseHost(text);
  expect(parsed).toMatchObject({ ok: true, host });
});

it.each([
  ['https://registry.example/', 'registry.example', 'https', 'https://'],
  ['http://registry-host:5000/v2/', 'registry-host:5000', 'http', 'http:// and /v2'],
  ['registry-host:5000/myadmin', 'registry-host:5000', undefined, '/myadmin'],
  ['https://index.docker.io/v1/', 'docker.io', 'https', 'https:// and /v1'],
])('of a pasted %s the host is %s', (text, host, scheme, note) => {
  const parsed = parseHost(text);
  expect(parsed).toMatchObject({ ok: true, host });
  if (parsed.ok) {
    expect(parsed.scheme).toBe(scheme);
    expect(parsed.note).toContain(note);
  }
});

it.each([
  ['', 'Write the host'],
  ['registry', 'as an image on the Hub'],
  ['ftp://registry.example', '"ftp://"'],
  ['me:secret@registry.example', 'Leave out the user name'],
  ['https://me@registry.example', 'Leave out the user name'],
  ['my_registry.example', '"_" cannot be part'],
  ['a b.example', '" " cannot be part'],
  ['registry.example:0', 'between 1 and 65535'],
  ['registry.example:70000', 'between 1 and 65535'],
  ['registry.example:', 'not a host with an optional port'],
  ['fe80::1', 'square brackets'],
  ['-a.example', 'not a host'],
  [`${'a'.repeat(255)}.example`, 'at most 255'],
  ['registry.example\r\nx: y', 'cannot be part'],
])('%j is refused', (text, words) => {
  const parsed = parseHost(text);
  expect(parsed.ok).toBe(false);
  if (!parsed.ok) expect(parsed.reason).toContain(words);
});

it('the Hub has one name', () => {
  for (const host of ['index.docker.io', 'Registry-1.docker.io', 'DOCKER.IO'])
    expect(normaliseHost(host)).toBe('docker.io');
});
