import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';

/**
 * A machine in a network namespace of its own, with two networks (outside and other) and two private bridges; the
 * metadata of a cloud is served from outside. The containers are network namespaces with a port on a bridge.
 */
const script = `
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { closeNetwork, openNetwork } from '${import.meta.dirname}/network.js';
const sh = (line) => execFileSync('sh', ['-ec', line], { encoding: 'utf8' });
const state = () => ({
  forwarding: readFileSync('/proc/sys/net/ipv4/ip_forward', 'utf8').trim(),
  rules: sh('iptables -S FORWARD; iptables -t nat -S POSTROUTING').trim().split('\\n'),
});
const attach = (name, address, gateway, end) => sh(\`
  ip netns add \${name}; ip link add \${end} type veth peer name eth0 netns \${name}; ip link set \${end} up
  ip -n \${name} link set lo up; ip -n \${name} link set eth0 up
  ip -n \${name} address add \${address}/24 dev eth0; ip -n \${name} route add default via \${gateway}\`);
const listeners = [];
const listen = (name) => new Promise((resolve) => {
  const program = "for (const port of [53, 80]) require('net').createServer((s) => s.destroy()).listen(port, '0.0.0.0', () => console.log(port))";
  const child = spawn('ip', ['netns', 'exec', name, process.execPath, '-e', program]);
  listeners.push(child);
  let text = '';
  child.stdout.on('data', (part) => (text += part).includes('53') && text.includes('80') && resolve());
});
const connect = (name, host, port = 80) => {
  const program = \`const s = require('net').connect(\${port}, '\${host}', () => process.exit(0)); s.on('error', () => process.exit(1)); setTimeout(() => process.exit(1), 700)\`;
  const inside = name === 'machine' ? [] : ['ip', 'netns', 'exec', name];
  try {
    sh([...inside, process.execPath, '-e', JSON.stringify(program)].join(' '));
    return 'open';
  } catch {
    return 'closed';
  }
};

sh('ip link set lo up; echo ' + process.argv[2] + ' > /proc/sys/net/ipv4/ip_forward');
attach('outside', '198.51.100.2', '198.51.100.1', 'out0');
attach('other', '203.0.113.2', '203.0.113.1', 'oth0');
sh('ip address add 198.51.100.1/24 dev out0; ip address add 203.0.113.1/24 dev oth0; ip route add default via 198.51.100.2');
sh('ip -n outside address add 169.254.169.254/32 dev lo');
const before = state();
const first = await openNetwork('lw0000000001');
const second = await openNetwork('lw0000000002');
const at = (network, host) => network.subnet.replace(/0\\/24$/, host);
const container = (name, network, host) => {
  attach(name, at(network, host), at(network, 1), 'v' + name);
  sh(\`ip link set v\${name} master \${network.bridge}\`);
};
container('a', first, 2); container('a2', first, 3); container('b', second, 2);
await Promise.all(['outside', 'other', 'a', 'a2', 'b'].map(listen));
const result = {
  problems: [first.problem, second.problem],
  'container to outside': connect('a', '198.51.100.2'),
  'container to the other network': connect('a', '203.0.113.2'),
  'container to metadata': connect('a', '169.254.169.254'),
  'container to link-local DNS': connect('a', '169.254.169.254', 53),
  'container to its neighbour': connect('a', at(first, 3)),
  'later engine to earlier': connect('b', at(first, 2)),
  'earlier engine to later': connect('a', at(second, 2)),
  'outside to container': connect('outside', at(first, 2)),
  'machine to container': connect('machine', at(first, 2)),
  'outside to the other network': connect('outside', '203.0.113.2'),
};
for (const child of listeners) child.kill();
await closeNetwork('lw0000000001');
result['outside to the other network, one engine later'] = state().rules[0];
await closeNetwork('lw0000000002');
const after = state();
result.restored = JSON.stringify(after) === JSON.stringify(before);
console.log(JSON.stringify(result));
process.exit(0);
`;

/** Its own /run: marks and names of the real machine are in the other one. */
const setUp = 'mount -t tmpfs tmpfs /run; mount -t sysfs sysfs /sys';

/** @param {boolean} isForwarding whether the machine forwards before @param {import('vitest').TestContext} context */
function runOnMachine(isForwarding, { skip }) {
  skip(process.getuid?.() !== 0, 'only root may make networks');
  const probe = spawnSync('unshare', ['-n', '-m', 'sh', '-ec', `${setUp}; iptables -S; ip netns add probe`]);
  skip(probe.status !== 0, 'network namespaces and iptables are not usable here');
  const directory = mkdtempSync(path.join(os.tmpdir(), 'layerwright-network-'));
  try {
    const file = path.join(directory, 'machine.mjs');
    writeFileSync(file, script);
    const args = [
      '-n',
      '-m',
      'sh',
      '-ec',
      `${setUp}; exec "$0" "$@"`,
      process.execPath,
      file,
      isForwarding ? '1' : '0',
    ];
    const { stdout, stderr } = spawnSync('unshare', args, { encoding: 'utf8', timeout: 60_000 });
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const reachable = {
  problems: [null, null],
  'container to outside': 'open',
  'container to the other network': 'open',
  'container to metadata': 'closed',
  'container to link-local DNS': 'open',
  'container to its neighbour': 'open',
  'later engine to earlier': 'closed',
  'earlier engine to later': 'closed',
  'outside to container': 'closed',
  'machine to container': 'open',
};

it('lets containers out and makes no router of a machine that forwards nothing', (context) => {
  expect(runOnMachine(false, context)).toEqual({
    ...reachable,
    'outside to the other network': 'closed',
    'outside to the other network, one engine later': '-P FORWARD DROP',
    restored: true,
  });
}, 60_000);

it('leaves it to a machine that forwards what it forwards', (context) => {
  expect(runOnMachine(true, context)).toEqual({
    ...reachable,
    'outside to the other network': 'open',
    'outside to the other network, one engine later': '-P FORWARD ACCEPT',
    restored: true,
  });
}, 60_000);
