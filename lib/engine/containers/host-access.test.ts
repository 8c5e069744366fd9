import { expect, test } from 'vitest';
import { inspectAnswer } from './answers';
import { hostAccessOf } from './host-access';

const accessOf = (host: object, mounts: object[] = []) =>
  hostAccessOf(inspectAnswer.parse({ Id: 'a', State: {}, Config: {}, HostConfig: host, Mounts: mounts }));

test.each([
  [{}],
  [{ NetworkMode: 'default', PidMode: '', IpcMode: 'private', UTSMode: '', UsernsMode: '' }],
  [{ NetworkMode: 'none', SecurityOpt: ['no-new-privileges', 'apparmor=docker-default'], CapAdd: null }],
  [{ SecurityOpt: ['seccomp=builtin'], MaskedPaths: null, DeviceCgroupRules: null }],
  [{ MaskedPaths: ['/proc/asound', '/proc/kcore'], ReadonlyPaths: ['/proc/bus', '/proc/sysrq-trigger'] }],
  [{ NetworkMode: 'hosts', IpcMode: 'shareable', Devices: [], DeviceRequests: null }],
])('the engine isolates %j as by default', (host) => {
  expect(accessOf(host, [{ Type: 'volume', Source: '/var/lib/docker/volumes/a/_data' }])).toEqual([]);
});

test.each([
  [{ Privileged: true }, 'is privileged'],
  [{ NetworkMode: 'host' }, 'uses the host’s network'],
  [{ NetworkMode: 'container:abc' }, 'shares the network of another container'],
  [{ PidMode: 'host' }, 'uses the host’s processes'],
  [{ PidMode: 'container:abc' }, 'shares the processes of another container'],
  [{ IpcMode: 'host' }, 'uses the host’s shared memory'],
  [{ UTSMode: 'host' }, 'uses the host’s host name'],
  [{ UsernsMode: 'host' }, 'uses the host’s user ids'],
  [{ CapAdd: ['SYS_ADMIN'] }, 'has the capabilities SYS_ADMIN'],
  [{ Devices: [{ PathOnHost: '/dev/sda' }] }, 'has devices of the host'],
  [{ DeviceRequests: [{ Driver: 'nvidia' }] }, 'has devices of the host'],
  [{ SecurityOpt: ['seccomp=unconfined'] }, 'runs with seccomp=unconfined'],
  [{ SecurityOpt: ['label:disable'] }, 'runs with label:disable'],
  [{ SecurityOpt: ['label=type:svirt_x_t'] }, 'runs with label=type:svirt_x_t'],
  [{ SecurityOpt: ['apparmor=mine'] }, 'runs with apparmor=mine'],
  [{ SecurityOpt: ['seccomp={"defaultAction":"SCMP_ACT_ALLOW"}'] }, /^runs with seccomp=\{/],
  [{ SecurityOpt: ['systempaths=unconfined'] }, 'runs with systempaths=unconfined'],
  [{ MaskedPaths: [], ReadonlyPaths: [] }, 'reaches the kernel’s protected paths'],
  [{ MaskedPaths: ['/proc/acpi'] }, 'reaches the kernel’s protected paths'],
  [{ ReadonlyPaths: ['/proc/bus'] }, 'reaches the kernel’s protected paths'],
  [{ DeviceCgroupRules: ['a *:* rwm'] }, 'has devices of the host'],
])('%j reaches further', (host, words) =>
  expect(accessOf(host)).toEqual([typeof words === 'string' ? words : expect.stringMatching(words)]),
);

test('a folder of the host is named', () => {
  expect(accessOf({}, [{ Type: 'bind', Source: '/etc' }])).toEqual(['mounts /etc of the host']);
});
