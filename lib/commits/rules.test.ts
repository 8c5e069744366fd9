import { expect, test } from 'vitest';
import { leaveOutTest, marksOfContent, marksOfPath } from './rules';

test.each([
  ['/root/.ssh/id_ed25519', ['secrets']],
  ['/etc/ssl/private/site.key', ['secrets']],
  ['/srv/app/.env', ['secrets']],
  ['/home/ada/.aws/credentials', ['secrets']],
  ['/root/.bash_history', ['history']],
  ['/root/.ash_history', ['history']],
  ['/etc/httpd/conf/.httpd.conf.swp', ['editor']],
  ['/etc/hosts~', ['editor']],
  ['/var/lib/apt/lists/mirror.example_debian_dists_bookworm_InRelease', ['caches']],
  ['/var/cache/yum/x86_64/7/base/repomd.xml', ['caches']],
  ['/root/.cache/pip/http/0', ['caches']],
  ['/root/.cache', ['caches']],
  ['/home/ada/.psql_history', ['history']],
  ['/root/.vault-token', ['secrets']],
  ['/srv/app/.env.example', []],
  ['/tmp/build/configure', ['temporary']],
  ['/var/log/dpkg.log', ['logs']],
  ['/var/cache/apt', []],
  ['/tmp', []],
  ['/etc/httpd/conf/httpd.conf', []],
  ['/usr/bin/keyboard', []],
])('%s is marked %j', (path, marks) => {
  expect(marksOfPath(path)).toEqual(marks);
});

test.each([
  ['/etc/site.conf', 'db_password = hunter2hunter2\n', true],
  ['/root/note', '-----BEGIN OPENSSH PRIVATE KEY-----\nabc', true],
  ['/srv/config.yml', 'api_key: 0123456789abcdef', true],
  ['/etc/deploy', 'AKIAABCDEFGHIJKLMNOP', true],
  ['/etc/deploy', 'git clone https://me:hunter2@example.org/x', true],
  ['/etc/site.conf', 'password = $PASSWORD\n', false],
  ['/etc/site.conf', '# set a password here\n', false],
  ['/usr/share/doc/readme', 'password = hunter2hunter2', false],
  ['/srv/binary', 'password = hunter2hunter2\0', false],
])('%s with %j: %s', (path, text, marked) => {
  expect(marksOfContent(path, Buffer.from(text))).toEqual(marked ? ['secrets'] : []);
});

test('a path is left out with all below it, and a rule with all that it names', () => {
  const out = leaveOutTest({ paths: ['/srv/data', '/etc/motd'], rules: ['history'] });
  expect(['/srv/data', '/srv/data/a/b', '/etc/motd', '/root/.bash_history'].every(out)).toBe(true);
  expect(['/srv', '/srv/data2', '/etc', '/etc/motd2', '/tmp/x'].some(out)).toBe(false);
});
