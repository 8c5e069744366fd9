// @ts-check
/**
 * The bridge of a private engine, and the firewall rules for its containers. The engine's own rules are disabled: it
 * rewrites the machine's forwarding policy and never removes its rules.
 */
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { capture, messageOf } from './run.js';
import { pickSubnet } from './subnet.js';

const forwardSwitch = '/proc/sys/net/ipv4/ip_forward';
/** Exists while IP forwarding is enabled by us; in /run, so that it is lost at a reboot, as the setting is. */
const forwardMark = '/run/layerwright-ip-forward';
/** Its content if the policy of forwarding was changed from ACCEPT to DROP. */
const closedMark = 'policy';
const ownBridge = /^lw[0-9a-f]{10}$/;

/** @param {string[]} args */
async function ip(...args) {
  const { code, stdout, stderr } = await capture('ip', args);
  if (code !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr.trim() || `code ${code}`}`);
  return stdout;
}

/** @returns {Promise<string[]>} */
async function takenNetworks() {
  const routes = (await ip('-4', 'route', 'show', 'table', 'all')).split('\n');
  const addresses = (await ip('-4', '-oneline', 'address')).matchAll(/inet (\S+)/g);
  return [
    ...routes.flatMap((line) => line.match(/^(?:\w+ )?(\d+\.\d+\.\d+\.\d+(?:\/\d+)?)/)?.[1] ?? []),
    ...[...addresses].map((match) => match[1] ?? ''),
  ];
}

/** MTU of the default route; larger packets of a container would be lost on a tunnel or a cloud network. */
async function outwardMtu() {
  const device = (await ip('-4', 'route', 'show', 'default')).match(/ dev (\S+)/)?.[1];
  const file = `/sys/class/net/${device}/mtu`;
  return device && existsSync(file) ? Math.min(1500, Number(readFileSync(file, 'utf8'))) : 1500;
}

/** Clouds serve credentials of the machine here (169.254.169.254), and some of them its DNS. */
const linkLocal = '169.254.0.0/16';
/** The bridges of all private engines. */
const ownBridges = 'lw+';

/**
 * In the order of evaluation. Each engine's rules are above those of the engines before it.
 * @param {string} bridge @param {string} subnet
 */
const rules = (bridge, subnet) => [
  ['nat', 'POSTROUTING', '-s', subnet, '!', '-o', bridge, '-j', 'MASQUERADE'],
  ['filter', 'FORWARD', '-i', bridge, '-o', bridge, '-j', 'ACCEPT'],
  ['filter', 'FORWARD', '-i', bridge, '-d', linkLocal, '-p', 'udp', '--dport', '53', '-j', 'ACCEPT'],
  ['filter', 'FORWARD', '-i', bridge, '-d', linkLocal, '-p', 'tcp', '--dport', '53', '-j', 'ACCEPT'],
  ['filter', 'FORWARD', '-i', bridge, '-d', linkLocal, '-j', 'DROP'],
  ['filter', 'FORWARD', '-i', bridge, '!', '-o', ownBridges, '-j', 'ACCEPT'],
  ['filter', 'FORWARD', '-o', bridge, '-m', 'conntrack', '--ctstate', 'RELATED,ESTABLISHED', '-j', 'ACCEPT'],
  ['filter', 'FORWARD', '-o', bridge, '-j', 'DROP'],
];

/** @param {string} bridge */
const comment = (bridge) => `layerwright-${bridge}`;

/**
 * Allows the containers of the bridge to reach the networks of the machine.
 * @param {string} bridge @param {string} subnet
 * @returns {Promise<string | null>} the reason why it failed, or null
 */
async function allowOutgoing(bridge, subnet) {
  for (const [table = '', chain = '', ...match] of rules(bridge, subnet).toReversed()) {
    const args = ['-w', '-t', table, '-I', chain, ...match, '-m', 'comment', '--comment', comment(bridge)];
    const { code, stderr } = await capture('iptables', args);
    if (code !== 0) return stderr.trim().split('\n').at(-1) || 'iptables is missing';
  }
  try {
    await enableForwarding();
    return null;
  } catch (error) {
    return `forwarding cannot be switched on (${messageOf(error)})`;
  }
}

const isForwarding = () => readFileSync(forwardSwitch, 'utf8').trim() === '1';

/** The bridges of the machine. */
const listBridges = () =>
  readdirSync('/sys/class/net').filter((name) => existsSync(`/sys/class/net/${name}/bridge`));

/** Whether the forwarding rules apply to what passes within a bridge, too, that of virtual machines for example. */
const areBridgesFiltered = () =>
  existsSync('/proc/sys/net/bridge/bridge-nf-call-iptables') &&
  readFileSync('/proc/sys/net/bridge/bridge-nf-call-iptables', 'utf8').trim() === '1';

/**
 * Enables IP forwarding for the containers only: the machine, which forwarded nothing, must not become a router between
 * its networks. Does nothing if forwarding is enabled; what may be forwarded has been decided then.
 */
async function enableForwarding() {
  if (isForwarding()) return;
  const isOpen = (await capture('iptables', ['-w', '-S', 'FORWARD'])).stdout.startsWith('-P FORWARD ACCEPT');
  const othersNeedIt = areBridgesFiltered() && listBridges().some((name) => !ownBridge.test(name));
  const closes = isOpen && !othersNeedIt;
  writeFileSync(forwardMark, closes ? closedMark : '');
  if (closes) await setForwardPolicy('DROP');
  writeFileSync(forwardSwitch, '1');
}

/** @param {'ACCEPT' | 'DROP'} policy for what no rule is about */
async function setForwardPolicy(policy) {
  const { code, stderr } = await capture('iptables', ['-w', '-P', 'FORWARD', policy]);
  if (code !== 0) throw new Error(stderr.trim() || `code ${code}`);
}

/**
 * @typedef {object} Network
 * @property {string | null} bridge null if it cannot be created: only builds with host networking have a network
 * @property {string} subnet
 * @property {number} mtu bytes
 * @property {string | null} problem why containers cannot reach the network
 */

/** @param {string} bridge @returns {Promise<Network>} */
export async function openNetwork(bridge) {
  await closeNetwork(bridge);
  try {
    const subnet = pickSubnet(await takenNetworks(), bridge);
    if (subnet === null) throw new Error('every private address range is in use');
    const mtu = await outwardMtu();
    await ip('link', 'add', bridge, 'type', 'bridge');
    await ip('address', 'add', subnet.replace(/0\/24$/, '1/24'), 'dev', bridge);
    await ip('link', 'set', bridge, 'up');
    return { bridge, subnet, mtu, problem: await allowOutgoing(bridge, subnet) };
  } catch (error) {
    await closeNetwork(bridge);
    const problem = messageOf(error);
    return { bridge: null, subnet: '', mtu: 1500, problem };
  }
}

/** Removes everything that openNetwork set up, also in an earlier process. @param {string} bridge */
export async function closeNetwork(bridge) {
  for (const table of ['nat', 'filter']) {
    const { stdout } = await capture('iptables', ['-w', '-t', table, '-S']);
    for (const rule of stdout.split('\n').filter((line) => line.includes(`--comment ${comment(bridge)} `))) {
      await capture('iptables', ['-w', '-t', table, ...rule.replace(/^-A/, '-D').split(' ')]);
    }
  }
  if (existsSync(`/sys/class/net/${bridge}`)) await capture('ip', ['link', 'delete', bridge]);
  await restoreForwarding();
}

/**
 * Disables IP forwarding after the last bridge is removed. If another bridge on the machine needs it, it stays, with the
 * policy: a machine whose forwarding was off is not opened.
 */
async function restoreForwarding() {
  if (!existsSync(forwardMark)) return;
  const bridges = listBridges();
  if (bridges.some((name) => ownBridge.test(name))) return;
  const wasClosed = readFileSync(forwardMark, 'utf8') === closedMark;
  rmSync(forwardMark, { force: true });
  if (bridges.length > 0) return;
  if (isForwarding()) writeFileSync(forwardSwitch, '0');
  if (wasClosed) await setForwardPolicy('ACCEPT');
}
