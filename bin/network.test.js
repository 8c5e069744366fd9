import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

/** Its own /run: marks and names of the real machine are in the other one. */
const setUp = `mount -t tmpfs tmpfs /run; mount -t sysfs sysfs /sys
printf 'nameserver 169.254.169.254\\nnameserver 198.51.100.1\\n' > /run/resolv.conf
mount --bind /run/resolv.conf /etc/resolv.conf`;

/** @param {boolean} isForwarding whether the machine forwards before @param {import('vitest').TestContext} context */
function runOnMachine(isForwarding, { skip }) {
  skip(process.getuid?.() !== 0, 'only root may make networks');
  const probe = spawnSync('unshare', ['-n', '-m', 'sh', '-ec', `${setUp}; iptables -S; ip netns add probe`]);
  skip(probe.status !== 0, 'network namespaces and iptables are not usable here');
  const machine = path.join(import.meta.dirname, 'testing/machine.js');
  const command = [process.execPath, machine, isForwarding ? '1' : '0'];
  const args = ['-n', '-m', 'sh', '-ec', `${setUp}; exec "$0" "$@"`, ...command];
  const { stdout, stderr } = spawnSync('unshare', args, { encoding: 'utf8', timeout: 100_000 });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

/** The address that the other end saw. */
const masqueraded = { outside: '::ffff:198.51.100.1', other: '::ffff:203.0.113.1', lan: '::ffff:192.0.2.1' };
const own = expect.stringMatching(/^::ffff:(10\.21[34]|172\.29|192\.168)\./);

const reachable = {
  problems: [null, null],
  'opened twice': true,
  'container to outside': masqueraded.outside,
  'container to the other network': masqueraded.other,
  'container to a network behind a bridge': masqueraded.lan,
  'container to its neighbour': own,
  'container to its gateway': 'closed',
  'container to an address of the machine': 'closed',
  'container to a port of the machine that is open to it': own,
  'container of an engine without open ports to that port': 'closed',
  'container to the address of another bridge': 'closed',
  'container to the machine by IPv6': 'closed',
  'container to the name server of the machine': own,
  'container to metadata': 'closed',
  'container to link-local name server': masqueraded.outside,
  'container to a container of Docker': 'closed',
  'container to a virtual machine': 'closed',
  'later engine to earlier': 'closed',
  'earlier engine to later': 'closed',
  'container of Docker to container': 'closed',
  // The way that is closed to our containers.
  'container of Docker to the machine by IPv6': expect.stringMatching(/^fe80::/),
  'outside to container': 'closed',
  'machine to container': own,
  restored: true,
};

it('lets containers out and makes no router of a machine that forwards nothing', (context) => {
  expect(runOnMachine(false, context)).toEqual({
    ...reachable,
    'outside to the other network': 'closed',
    'policy, one engine later': '-P FORWARD DROP',
  });
}, 120_000);

it('leaves it to a machine that forwards what it forwards', (context) => {
  expect(runOnMachine(true, context)).toEqual({
    ...reachable,
    'outside to the other network': '::ffff:198.51.100.2',
    'policy, one engine later': '-P FORWARD ACCEPT',
  });
}, 120_000);
