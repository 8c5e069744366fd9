import { describe, expect, it } from 'vitest';
import {
  familiarName,
  familiarReference,
  formatReference,
  parseReference,
  registryHost,
  withDefaultTag,
  type Reference,
} from './reference';

const hex = (length: number) => 'a1'.repeat(length / 2);
const read = (text: string): Reference => {
  const parsed = parseReference(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.reference;
};

describe('a reference is read as Docker reads it', () => {
  it.each([
    ['httpd', 'docker.io', 'library/httpd'],
    ['httpd:2.4', 'docker.io', 'library/httpd', '2.4'],
    ['library/httpd', 'docker.io', 'library/httpd'],
    ['docker.io/httpd', 'docker.io', 'library/httpd'],
    ['docker.io/library/httpd', 'docker.io', 'library/httpd'],
    ['index.docker.io/httpd', 'docker.io', 'library/httpd'],
    ['index.docker.io/team/app', 'docker.io', 'team/app'],
    ['team/app', 'docker.io', 'team/app'],
    ['a/b/c/d', 'docker.io', 'a/b/c/d'],
    ['localhost/app', 'localhost', 'app'],
    ['localhost:5000/app', 'localhost:5000', 'app'],
    ['registry-host:5000/myadmin/mysite:1', 'registry-host:5000', 'myadmin/mysite', '1'],
    ['registry-host/app', 'docker.io', 'registry-host/app'],
    ['REGISTRY/app', 'REGISTRY', 'app'],
    ['Registry.Example/app:V1', 'Registry.Example', 'app', 'V1'],
    ['127.0.0.1:5000/app', '127.0.0.1:5000', 'app'],
    ['[::1]:5000/app', '[::1]:5000', 'app'],
    ['[2001:db8::7]/app:x', '[2001:db8::7]', 'app', 'x'],
    ['xn--n3h.com/app', 'xn--n3h.com', 'app'],
    ['test:5000/repo', 'test:5000', 'repo'],
    ['app:5000', 'docker.io', 'library/app', '5000'],
    ['app:1/2', 'app:1', '2'],
    ['b.gcr.io/x.example.com/my-app', 'b.gcr.io', 'x.example.com/my-app'],
    ['foo__bar/foo_bar', 'docker.io', 'foo__bar/foo_bar'],
    ['foo----bar/a.b', 'docker.io', 'foo----bar/a.b'],
    ['0/1', 'docker.io', '0/1'],
    ['app:_x', 'docker.io', 'library/app', '_x'],
    [`app:${'t'.repeat(128)}`, 'docker.io', 'library/app', 't'.repeat(128)],
    [`host.example/${'a'.repeat(255)}`, 'host.example', 'a'.repeat(255)],
    [hex(62), 'docker.io', `library/${hex(62)}`],
    [`team/${hex(64)}`, 'docker.io', `team/${hex(64)}`],
  ])('%s', (text, host, path, tag?: string) => {
    expect(read(text)).toEqual({ host, path, ...(tag && { tag }) });
  });

  it.each([
    `app@sha256:${hex(64)}`,
    `app:1@sha256:${hex(64)}`,
    `h:1/app@sha512:${hex(128)}`,
    `app@sha384:${hex(96)}`,
  ])('%s keeps its digest', (text) => expect(read(text).digest).toBe(text.split('@')[1]));
});

describe('references that Docker refuses are refused with the reason', () => {
  it.each([
    ['', 'Write an image name'],
    ['  ', 'Write an image name'],
    [' app', 'a space before or after'],
    ['my app', 'contains a space'],
    ['http://registry-host:5000/app', 'Leave out "http://"'],
    ['https://a/b', 'Leave out "https://"'],
    ['MySite', '"mysite" instead of "MySite"'],
    ['registry-host:5000/MyAdmin/app', '"myadmin" instead of "MyAdmin"'],
    ['Uppercase:tag', 'lower case'],
    ['test:5000/Uppercase/lowercase:tag', 'lower case'],
    [':justtag', 'no name before'],
    [`@sha256:${hex(64)}`, 'no name before'],
    ['registry-host:5000/', 'no name before'],
    ['/app', 'empty part'],
    ['a//b', 'empty part'],
    ['a/b/', 'empty part'],
    ['-foo/bar', 'must begin with a letter or a digit'],
    ['foo/bar-', 'must end with a letter or a digit'],
    ['_docker/_docker', 'must begin'],
    ['docker/docker_', 'must end'],
    ['foo..bar', 'separators'],
    ['foo___bar', 'separators'],
    ['foo._bar', 'separators'],
    ['foo.-bar', 'separators'],
    ['a^a', 'contains "^"'],
    ['café', 'contains "é"'],
    ['app:', 'no tag after the colon'],
    ['app:a b', 'The tag "a b" contains a space'],
    ['app:-x', 'must begin with'],
    ['app:.x', 'must begin with'],
    ['app:a:b', 'contains ":"'],
    ['a/app:1/2', 'must not contain a slash'],
    [`app:${'t'.repeat(129)}`, '129 characters long; at most 128'],
    ['app@', 'no digest after the @'],
    ['app@1234', 'must begin with its algorithm'],
    ['app@sha256:12', 'hexadecimal digits'],
    [`app@sha256:${hex(62)}`, '64 characters after the colon; this has 62'],
    [`app@sha256:${hex(64).toUpperCase()}`, 'lower case'],
    [`app@md5:${hex(32)}`, '"md5" is not one of sha256'],
    [`app@sha256:${hex(64)}@sha256:${hex(64)}`, 'hexadecimal digits'],
    [hex(64), 'takes it for an image id'],
    [`host.example/${'a'.repeat(256)}`, '256 characters long; at most 255'],
    ['host:port/app', 'The port "port" of the host must be a number'],
    [':5000/app', 'no host before the colon'],
    ['my_host.example/app', 'The host "my_host.example" contains "_"'],
    ['-host.example/app', 'not a valid host name'],
    ['fe80::1/app', 'square brackets'],
    ['[fe80::1%eth0]/app', 'contains "%"'],
    ['[zz::1]:5000/app', 'not a valid host name'],
    ['https:/a/b', 'port "" of the host'],
    ['app\n', 'space before or after'],
    ['../plugins', 'The host ".." is not a valid host name'],
  ])('%j', (text, words) => {
    const parsed = parseReference(text);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.reason).toContain(words);
  });

  it('an absurdly long text is answered, and does not hang the matching', () => {
    for (const text of [
      'a-'.repeat(50_000),
      'A.'.repeat(50_000) + '/x',
      'a.'.repeat(50_000),
      'a/'.repeat(50_000),
    ])
      expect(parseReference(text).ok).toBe(false);
  });
});

describe('a reference is written', () => {
  it('in full', () => {
    expect(formatReference(read('httpd:2'))).toBe('docker.io/library/httpd:2');
    const whole = `registry-host:5000/myadmin/mysite:1@sha256:${hex(64)}`;
    expect(formatReference(read(whole))).toBe(whole);
  });
  it.each([
    ['docker.io/library/httpd', 'httpd'],
    ['docker.io/team/app', 'team/app'],
    ['docker.io/library/a/b', 'library/a/b'],
    ['localhost/library/a', 'localhost/library/a'],
    ['registry-host:5000/app', 'registry-host:5000/app'],
  ])('%s familiarly', (text, name) => expect(familiarName(read(text))).toBe(name));
  it('with the default tag', () => {
    expect(familiarReference(withDefaultTag(read('httpd')))).toBe('httpd:latest');
    expect(withDefaultTag(read('httpd:2')).tag).toBe('2');
    expect(withDefaultTag(read(`httpd@sha256:${hex(64)}`)).tag).toBeUndefined();
  });
});

it('the registry host is compared in lower case', () => {
  expect(registryHost(read('Reg.Example:5000/app'))).toBe('reg.example:5000');
});
