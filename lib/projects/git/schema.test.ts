import { describe, expect, test } from 'vitest';
import { formatGitUrl, gitLogin, gitRef, gitUrl, parseGitUrl } from './schema';

const written = (text: string) => {
  const parsed = parseGitUrl(text);
  return parsed.ok ? formatGitUrl(parsed.address) : parsed.reason;
};

describe('addresses of repositories', () => {
  test.each([
    ['https://example.org/team/site.git', 'https://example.org/team/site.git'],
    ['https://Example.org:8443/site/', 'https://example.org:8443/site'],
    [' git@example.org:team/site.git ', 'ssh://git@example.org/team/site.git'],
    ['example.org:team/site.git', 'ssh://git@example.org/team/site.git'],
    ['ssh://example.org/site.git', 'ssh://git@example.org/site.git'],
    ['ssh://deploy@example.org:443/~ada/site', 'ssh://deploy@example.org:443/~ada/site'],
    ['http://127.0.0.1:3000/site.git', 'http://127.0.0.1:3000/site.git'],
    ['https://example.org/a b/c', 'https://example.org/a%20b/c'],
    ['https://[2001:db8::1]/site.git', 'https://[2001:db8::1]/site.git'],
  ])('%s', (text, expected) => {
    expect(written(text)).toBe(expected);
  });

  test.each([
    ['file:///etc', /“file” is not allowed/],
    ['git://example.org/x', /“git” is not/],
    ['ext::sh -c id', /Enter a full URL|host name is not valid|Add the path of the repository/],
    ['https://ada:secret@example.org/x', /Enter the login in its own fields/],
    ['https://token@example.org/x', /Enter the login in its own fields/],
    ['ssh://git:secret@example.org/x', /Enter the login in its own fields/],
    ['https://example.org/x?a=b', /“\?” or “#”/],
    ['https://example.org/x#main:dir', /“\?” or “#”/],
    ['https://example.org', /Add the path of the repository/],
    ['ssh://-oProxyCommand=id/x', /not valid|Not a valid URL/],
    ['https://exa mple.org/x', /Not a valid URL/],
    ['https://example.org/$(id)', /Add the path of the repository/],
    ['/etc/passwd', /Enter a full URL/],
    ['../other', /Enter a full URL/],
    ['https://example.org:99999/x', /Not a valid URL/],
    ['', /Enter a full URL/],
  ])('not %s', (text, reason) => {
    expect(written(text)).toMatch(reason);
  });

  test('a number in disguise is written as the address that it is, to be judged as one', () => {
    expect(gitUrl.parse('https://2130706433/x')).toBe('https://127.0.0.1/x');
    expect(gitUrl.parse('https://0x7f.1/x')).toBe('https://127.0.0.1/x');
    expect(gitUrl.parse('ssh://0177.0.0.1/x')).toBe('ssh://git@127.0.0.1/x');
  });
});

test.each(['', 'main', 'v1.2', 'feature/a-b', 'user@x'])('“%s” is a branch', (name) => {
  expect(gitRef.safeParse(name).success).toBe(true);
});
test.each([
  '-x',
  '--upload-pack=id',
  'a..b',
  'a b',
  'a~1',
  'a:b',
  '/a',
  'a/',
  '.a',
  'a/.b',
  'x.lock',
  'a@{1}',
  'a\nb',
])('“%s” is none', (name) => {
  expect(gitRef.safeParse(name).success).toBe(false);
});

test('a password has no line breaks: it becomes part of a header', () => {
  expect(gitLogin.safeParse({ kind: 'password', username: 'a', password: 'b\r\nX: y' }).success).toBe(false);
});
