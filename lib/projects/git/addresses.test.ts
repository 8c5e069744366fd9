import { expect, test } from 'vitest';
import { classify, findGitRoute, resolveGitHost } from './addresses';
import { gitSettings } from './schema';

test.each([
  ['140.82.121.3', 'public'],
  ['2606:50c0:8000::153', 'public'],
  ['127.0.0.1', 'internal'],
  ['10.1.2.3', 'internal'],
  ['172.31.255.255', 'internal'],
  ['192.168.1.1', 'internal'],
  ['100.64.0.1', 'internal'],
  ['::1', 'internal'],
  ['fd12::1', 'internal'],
  ['::ffff:127.0.0.1', 'internal'],
  ['::ffff:10.0.0.1', 'internal'],
  ['64:ff9b::7f00:1', 'internal'],
  ['2002:7f00:1::', 'internal'],
  ['169.254.169.254', 'never'],
  ['::ffff:169.254.169.254', 'never'],
  ['0.0.0.0', 'never'],
  ['255.255.255.255', 'never'],
  ['224.0.0.1', 'never'],
  ['::', 'never'],
  ['fe80::1', 'never'],
  ['fd00:ec2::254', 'never'],
])('%s is %s', (address, kind) => {
  expect(classify(address)).toBe(kind);
});

test('this machine is only asked where that is allowed, and metadata services never', async () => {
  await expect(resolveGitHost('localhost', false)).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(resolveGitHost('[::1]', false)).rejects.toThrow('::1 is not an allowed address.');
  expect(await resolveGitHost('127.0.0.1', true)).toEqual({ address: '127.0.0.1', class: 'internal' });
  await expect(resolveGitHost('169.254.169.254', true)).rejects.toThrow('not an allowed address');
});

test('a name that nobody knows is the field’s fault', async () => {
  await expect(resolveGitHost('nowhere.invalid', true)).rejects.toMatchObject({
    fields: { url: 'Cannot resolve nowhere.invalid.' },
  });
});

test('where servers are listed, no other is asked, and plain http stays in one’s own network', async () => {
  const settings = gitSettings.parse({ privateAddresses: true, hosts: ['LocalHost'] });
  expect(await findGitRoute({ protocol: 'http', host: 'localhost' }, settings)).toMatchObject({
    via: 'address',
  });
  await expect(findGitRoute({ protocol: 'https', host: '127.0.0.1' }, settings)).rejects.toThrow(
    '127.0.0.1 is not an allowed server.',
  );
  const open = gitSettings.parse({});
  await expect(findGitRoute({ protocol: 'http', host: '192.0.2.1' }, open)).rejects.toThrow('Plain HTTP');
});

test('a proxy is for https and for listed servers; it leads to no metadata service', async () => {
  const proxy = 'http://proxy.example:3128';
  expect(gitSettings.safeParse({ proxy }).error?.issues[0]?.path).toEqual(['hosts']);
  const settings = gitSettings.parse({ proxy, hosts: ['nowhere.invalid', '169.254.169.254'] });
  expect(await findGitRoute({ protocol: 'https', host: 'nowhere.invalid' }, settings)).toEqual({
    via: 'proxy',
    proxy,
  });
  await expect(findGitRoute({ protocol: 'ssh', host: 'nowhere.invalid' }, settings)).rejects.toThrow(
    'Cannot resolve',
  );
  await expect(findGitRoute({ protocol: 'https', host: '169.254.169.254' }, settings)).rejects.toThrow(
    'is not an allowed',
  );
  for (const wrong of ['proxy:3128', 'http://u:p@proxy', 'socks5://proxy', 'http://proxy/x'])
    expect(gitSettings.safeParse({ proxy: wrong, hosts: ['x.org'] }).success, wrong).toBe(false);
});
