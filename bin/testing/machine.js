// @ts-check
/**
 * For tests: a machine in a network namespace of its own, with two private bridges. It is connected to two networks
 * (outside, and other) and to a third by a bridge (lan), and has a Docker bridge and a nameless one. What its computers
 * and containers reach is printed as JSON. The argument says whether it forwards before: 0 or 1.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { closeNetwork, openNetwork } from '../network.js';
import { addNeighbour, attach, connect, enableIpv6, listen, sh } from './namespaces.js';

const tables = ['mangle', 'filter', 'nat'];
const state = () => ({
  forwarding: readFileSync('/proc/sys/net/ipv4/ip_forward', 'utf8').trim(),
  rules: tables.map((table) => sh(`iptables -t ${table} -S; ip6tables -t ${table} -S`).trim().split('\n')),
  links: sh('ip -oneline link')
    .match(/(?<=^\d+: )[^@:]+/gm)
    ?.toSorted(),
});
const [first, second] = ['lw0000000001', 'lw0000000002'];
const [outside, metadata] = ['198.51.100.2', '169.254.169.254'];
const ipv6 = 'fd00::1'; // of the machine

writeFileSync('/proc/sys/net/ipv4/ip_forward', process.argv[2] ?? '0');
const filtered = '/proc/sys/net/bridge/bridge-nf-call-iptables';
if (existsSync(filtered)) writeFileSync(filtered, '0'); // of this namespace
enableIpv6('machine');
sh('ip link set lo up');
attach('outside', { port: 'out0', address: outside, gateway: '198.51.100.1' });
attach('other', { port: 'oth0', address: '203.0.113.2', gateway: '203.0.113.1' });
sh(`
  ip address add 198.51.100.1/24 dev out0; ip address add ${ipv6}/128 dev out0
  ip address add 203.0.113.1/24 dev oth0; ip route add default via ${outside}; ip -n outside address add ${metadata}/32 dev lo`);
const before = state();
sh(`
  for bridge in docker0 net0 br-lan; do ip link add $bridge type bridge; ip link set $bridge up; done
  ip address add 172.17.0.1/24 dev docker0
  ip address add 172.18.0.1/24 dev net0
  ip address add 192.0.2.1/24 dev br-lan; ip route add default via 192.0.2.2 metric 100`);
attach('lan', { port: 'lan0', address: '192.0.2.2', gateway: '192.0.2.1', bridge: 'br-lan' });
attach('docker', { port: 'doc0', address: '172.17.0.2', gateway: '172.17.0.1', bridge: 'docker0' });
attach('virtual', { port: 'vir0', address: '172.18.0.2', gateway: '172.18.0.1', bridge: 'net0' });

const network = await openNetwork(first, [3128]);
const opened = state();
// As after a kill: nothing was closed.
await openNetwork(first, [3128]);
const isSame = JSON.stringify(state()) === JSON.stringify(opened);
const other = await openNetwork(second);
/** @param {{ subnet: string }} of @param {number} host */
const at = (of, host) => of.subnet.replace(/0\/24$/, String(host));
/** @param {string} name @param {{ subnet: string }} of @param {string} bridge @param {number} host */
const container = (name, of, bridge, host) =>
  attach(name, { port: `v${name}`, address: at(of, host), gateway: at(of, 1), bridge });
container('a', network, first, 2);
container('a2', network, first, 3);
container('b', other, second, 2);
addNeighbour('a', ipv6, first);
addNeighbour('docker', ipv6, 'docker0');
// Another program opens what it likes, above our rules.
const foreign = [`FORWARD -i ${first}`, `FORWARD -i ${second}`, `FORWARD -i docker0`, `INPUT -i ${first}`];
for (const rule of foreign) sh(`iptables -I ${rule} -j ACCEPT`);

const names = ['machine', 'outside', 'other', 'lan', 'docker', 'virtual', 'a', 'a2', 'b'];
const listeners = await Promise.all(names.map(listen));
const reached = await Promise.all([
  connect('a', [
    ['container to outside', outside],
    ['container to the other network', '203.0.113.2'],
    ['container to a network behind a bridge', '192.0.2.2'],
    ['container to its neighbour', at(network, 3)],
    ['container to its gateway', at(network, 1)],
    ['container to an address of the machine', '198.51.100.1'],
    ['container to a port of the machine that is open to it', '198.51.100.1', 3128],
    ['container to the address of another bridge', '172.17.0.1'],
    ['container to the machine by IPv6', ipv6],
    ['container to the name server of the machine', '198.51.100.1', 53],
    ['container to metadata', metadata],
    ['container to link-local name server', metadata, 53],
    ['container to a container of Docker', '172.17.0.2'],
    ['container to a virtual machine', '172.18.0.2'],
    ['earlier engine to later', at(other, 2)],
  ]),
  connect('b', [
    ['later engine to earlier', at(network, 2)],
    ['container of an engine without open ports to that port', '198.51.100.1', 3128],
  ]),
  connect('docker', [
    ['container of Docker to container', at(network, 2)],
    ['container of Docker to the machine by IPv6', ipv6],
  ]),
  connect('outside', [
    ['outside to container', at(network, 2)],
    ['outside to the other network', '203.0.113.2'],
  ]),
  connect('machine', [['machine to container', at(network, 2)]]),
]);
for (const child of listeners) child.kill();
for (const name of ['a', 'a2', 'b', 'lan', 'docker', 'virtual']) sh(`ip netns delete ${name}`);
for (const rule of foreign) sh(`iptables -D ${rule} -j ACCEPT`);
for (const link of ['docker0', 'net0', 'br-lan']) sh(`ip link delete ${link}`);

await closeNetwork(first);
const policy = sh('iptables -S FORWARD').split('\n')[0];
await closeNetwork(second);
console.log(
  JSON.stringify({
    ...Object.assign({}, ...reached),
    problems: [network.problem, other.problem],
    'opened twice': isSame,
    'policy, one engine later': policy,
    restored:
      JSON.stringify(state()) === JSON.stringify(before) && !existsSync('/run/layerwright-ip-forward'),
  }),
);
process.exit(0);
