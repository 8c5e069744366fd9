// @ts-check
/**
 * The bridge of a private engine. The engine's own firewall rules are disabled: it rewrites the machine's forwarding
 * policy and never removes its rules.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { closeOff, removeRules } from './firewall.js';
import { enableForwarding, restoreForwarding } from './forwarding.js';
import { capture, messageOf } from './run.js';
import { pickSubnet } from './subnet.js';

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

/** The machine takes no IPv6 from the bridge: containers would reach its services by link-local addresses. */
function disableIpv6(/** @type {string} */ bridge) {
  const file = `/proc/sys/net/ipv6/conf/${bridge}/disable_ipv6`;
  if (existsSync(file)) writeFileSync(file, '1');
}

/** @returns {Promise<string | null>} the reason why it failed, or null */
async function allowForwarding() {
  try {
    await enableForwarding();
    return null;
  } catch (error) {
    return `forwarding cannot be switched on (${messageOf(error)})`;
  }
}

/**
 * @typedef {object} Network
 * @property {string | null} bridge null if it cannot be created or closed off: only builds with host networking have a
 *   network
 * @property {string} subnet
 * @property {number} mtu bytes
 * @property {string | null} problem why containers cannot reach the network
 */

/**
 * @param {string} bridge @param {number[]} [machinePorts] TCP ports of the machine that containers may reach
 * @returns {Promise<Network>}
 */
export async function openNetwork(bridge, machinePorts = []) {
  await removeBridge(bridge);
  try {
    const subnet = pickSubnet(await takenNetworks(), bridge);
    if (subnet === null) throw new Error('every private address range is in use');
    const mtu = await outwardMtu();
    await ip('link', 'add', bridge, 'type', 'bridge');
    disableIpv6(bridge);
    await closeOff(bridge, subnet, machinePorts);
    await ip('address', 'add', subnet.replace(/0\/24$/, '1/24'), 'dev', bridge);
    await ip('link', 'set', bridge, 'up');
    return { bridge, subnet, mtu, problem: await allowForwarding() };
  } catch (error) {
    await closeNetwork(bridge);
    const problem = messageOf(error);
    return { bridge: null, subnet: '', mtu: 1500, problem };
  }
}

/** @param {string} bridge */
async function removeBridge(bridge) {
  if (existsSync(`/sys/class/net/${bridge}`)) await capture('ip', ['link', 'delete', bridge]);
  await removeRules(bridge);
}

/** Removes everything that openNetwork set up, also in an earlier process. @param {string} bridge */
export async function closeNetwork(bridge) {
  await removeBridge(bridge);
  await restoreForwarding();
}
