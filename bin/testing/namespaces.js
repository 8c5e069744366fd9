// @ts-check
/** For tests: computers in network namespaces, with listeners and clients. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';

/** @param {string} line */
export const sh = (line) => execFileSync('sh', ['-ec', line], { encoding: 'utf8' });

/** `machine` is the namespace of this process. @param {string} name @param {string[]} command */
const inside = (name, command) => (name === 'machine' ? command : ['ip', 'netns', 'exec', name, ...command]);

/** @param {string} name @param {string} program @param {string} argument */
function runNode(name, program, argument) {
  const [command = '', ...args] = inside(name, [process.execPath, '-e', program, argument]);
  return spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** New interfaces get an address at once, whatever the real machine is set to. @param {string} name */
export function enableIpv6(name) {
  const set =
    'cd /proc/sys/net/ipv6/conf; echo 0 | tee all/disable_ipv6 default/disable_ipv6 default/accept_dad';
  execFileSync('env', inside(name, ['sh', '-ec', set]));
}

/**
 * A computer with one network interface, whose other end, `port`, is in this namespace.
 * @param {string} name @param {{ port: string, address: string, gateway: string, bridge?: string }} place
 */
export function attach(name, { port, address, gateway, bridge }) {
  sh(`ip netns add ${name}`);
  enableIpv6(name);
  sh(`
    ip link add ${port} type veth peer name eth0 netns ${name}; ip link set ${port} up
    ip -n ${name} link set lo up; ip -n ${name} link set eth0 up
    ip -n ${name} address add ${address}/24 dev eth0; ip -n ${name} route add default via ${gateway}`);
  if (bridge) sh(`ip link set ${port} master ${bridge}`);
}

const server = `
const ports = [53, 80, 3128];
let open = 0;
for (const port of ports)
  require('net').createServer((socket) => socket.on('error', () => 0).end(socket.remoteAddress))
    .listen(port, '::', () => { open += 1; if (open === ports.length) console.log('open'); });`;

/** Listens on the ports 53, 80 and 3128, and tells each client its address. @param {string} name */
export async function listen(name) {
  const child = runNode(name, server, '');
  await once(child.stdout, 'data');
  return child;
}

/** Longer than a busy machine needs for a connection; what is dropped is waited for. */
const timeoutMs = 3000;

const client = `
const connect = ([label, host, port]) => new Promise((resolve) => {
  const socket = require('net').connect(port, host);
  const done = (how) => { socket.destroy(); resolve([label, how]); };
  socket.on('data', (text) => done(String(text))).on('error', () => done('closed'));
  setTimeout(done, ${timeoutMs}, 'closed');
});
Promise.all(JSON.parse(process.argv[1]).map(connect)).then((all) => {
  console.log(JSON.stringify(Object.fromEntries(all)));
  process.exit(0);
});`;

/**
 * What becomes of connections: `closed`, or the address that the other end saw.
 * @param {string} name @param {[label: string, host: string, port?: number][]} targets
 * @returns {Promise<Record<string, string>>}
 */
export async function connect(name, targets) {
  const all = targets.map(([label, host, port = 80]) => [label, host, port]);
  const child = runNode(name, client, JSON.stringify(all));
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part) => (text += part));
  await once(child, 'close');
  return JSON.parse(text);
}

/**
 * Makes a computer take an IPv6 address for its neighbour behind an interface of this namespace, whether that one
 * answers for it or not.
 * @param {string} name @param {string} address @param {string} device
 */
export const addNeighbour = (name, address, device) =>
  sh(`
    ip -n ${name} -6 route add ${address} dev eth0
    ip -n ${name} -6 neighbour replace ${address} lladdr $(cat /sys/class/net/${device}/address) dev eth0`);
