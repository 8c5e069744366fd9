import { expect, test } from 'vitest';
import { noisePattern, type NoiseKind } from './noise';

test.each<[NoiseKind, string[]]>([
  ['logs', ['/var/log', '/var/log/apt/history.log']],
  ['temporary', ['/tmp', '/tmp/x', '/var/tmp/x', '/run/httpd.pid', '/var/run/x']],
  [
    'history',
    [
      '/root/.bash_history',
      '/home/ada/.psql_history',
      '/root/.viminfo',
      '/root/.local/share/nano/search_history',
    ],
  ],
  ['swapFiles', ['/etc/httpd/conf/.httpd.conf.swp', '/root/.x.swo']],
  ['backups', ['/etc/hosts~', '/srv/#x#', '/srv/.#x', '/srv/a.orig', '/srv/a.rej']],
  ['packageCaches', ['/var/cache/apt', '/var/cache/yum/x86_64/7/base/repomd.xml', '/var/lib/apt/lists/lock']],
  ['homeCaches', ['/root/.cache/pip/http/0', '/home/ada/.cargo/registry/x', '/root/go/pkg/mod/cache/x']],
  [
    'computed',
    [
      '/var/cache/nginx',
      '/etc/ld.so.cache',
      '/usr/lib/python3/__pycache__/a.pyc',
      '/root/.npm/_update',
      '/srv/a.pyc',
    ],
  ],
  [
    'packageDatabases',
    ['/var/lib/rpm/Packages', '/usr/lib/sysimage/rpm/rpmdb.sqlite', '/lib/apk/db/installed'],
  ],
  ['packageCopies', ['/var/lib/dpkg/status-old']],
  ['packageLocks', ['/var/lib/dpkg/lock', '/var/lib/dpkg/lock-frontend', '/var/lib/dpkg/triggers/Lock']],
  ['accountLocks', ['/etc/.pwd.lock']],
  ['leases', ['/var/lib/dhcp/dhclient.leases', '/var/lib/dhcpd/dhcpd.leases']],
  ['accounts', ['/etc/shadow', '/etc/passwd-']],
  ['identity', ['/etc/machine-id', '/var/lib/dbus/machine-id', '/etc/ssh/ssh_host_rsa_key']],
  ['engineMade', ['/dev', '/proc/1', '/.dockerenv', '/etc/hosts', '/etc/mtab']],
])('%s: %j', (kind, paths) => {
  expect(paths.filter((path) => !noisePattern([kind]).test(path))).toEqual([]);
});

test.each([
  '/etc',
  '/etc/passwd',
  '/etc/hosts.allow',
  '/etc/httpd/httpd.conf',
  '/device',
  '/tmpfiles',
  '/srv/tmp/x',
  '/var/lib/dpkg/status',
  '/var/logs',
  '/usr/bin/keyboard',
])('%s is no noise', (path) => {
  const all: NoiseKind[] = [
    'logs',
    'temporary',
    'history',
    'swapFiles',
    'homeCaches',
    'backups',
    'packageCaches',
    'computed',
  ];
  all.push(
    'packageDatabases',
    'packageCopies',
    'packageLocks',
    'accountLocks',
    'leases',
    'accounts',
    'identity',
    'engineMade',
  );
  expect(noisePattern(all).test(path)).toBe(false);
});

test('the directory itself stays where only its contents are meant', () => {
  const contents = noisePattern(['temporary', 'packageCaches', 'history'], 'contents');
  expect(['/tmp/x', '/var/cache/apt/x', '/root/.bash_history'].every((path) => contents.test(path))).toBe(
    true,
  );
  expect(
    ['/tmp', '/tmp/', '/var/cache/apt', '/root/.local/share/nano'].some((path) => contents.test(path)),
  ).toBe(false);
});
