import { expect, it } from 'vitest';
import { mayAskRealm, parseChallenge } from './challenge';

it('reads how a registry wants to be signed in to', () => {
  expect(parseChallenge('Basic realm="layerwright"')).toEqual({ scheme: 'basic' });
  expect(parseChallenge('basic')).toEqual({ scheme: 'basic' });
  const bearer = parseChallenge(
    'Bearer realm="https://auth.example/token",service="registry.example",scope="repository:a/b:pull,push"',
  );
  expect(bearer).toEqual({
    scheme: 'bearer',
    realm: new URL('https://auth.example/token'),
    service: 'registry.example',
    scope: 'repository:a/b:pull,push',
  });
  expect(parseChallenge('Basic realm="x", Bearer realm="https://a.example/t"')?.scheme).toBe('bearer');
  for (const header of [undefined, '', 'Negotiate', 'Bearer realm="not a url"', 'Bearer']) {
    expect(parseChallenge(header)).toBeNull();
  }
});

it.each([
  ['https://registry.example/token', 'https://registry.example', true],
  ['https://auth.docker.io/token', 'https://registry-1.docker.io', true],
  ['https://gitlab.example.org/jwt/auth', 'https://registry.example.org:5050', true],
  ['https://auth.example.com/token', 'https://example.com', true],
  ['https://sub.auth.example.co.uk/t', 'https://registry.example.co.uk', true],
  ['http://registry-host:5001/token', 'http://registry-host:5000', true],
  ['https://10.0.0.5/token', 'https://10.0.0.5:5000', true],
  // From https to http, to another owner, to an address, with a user name.
  ['http://registry.example/token', 'https://registry.example', false],
  ['https://evil.example/token', 'https://registry.other', false],
  ['https://evil.com/token', 'https://example.com', false],
  ['https://notexample.com/token', 'https://registry.example.com', false],
  ['https://evil.co.uk/token', 'https://example.co.uk', false],
  ['http://169.254.169.254/latest', 'http://registry-host:5000', false],
  ['https://10.0.0.6/token', 'https://10.0.0.5', false],
  ['https://me:pw@registry.example/token', 'https://registry.example', false],
  ['http://auth.example.org/token', 'http://registry.example.org', false],
  ['ftp://registry.example/token', 'http://registry.example', false],
])('for a login of %2$s asking %1$s: %3$s', (realm, registry, may) => {
  expect(mayAskRealm(new URL(realm), new URL(registry))).toBe(may);
});
