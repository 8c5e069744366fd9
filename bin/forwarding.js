// @ts-check
/** IP forwarding of the machine: enabled while a private engine needs it. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { listBridges } from './firewall.js';
import { capture } from './run.js';
import { isBridgeName } from './subnet.js';

const forwardSwitch = '/proc/sys/net/ipv4/ip_forward';
/** Exists while IP forwarding is enabled by us; in /run, so that it is lost at a reboot, as the setting is. */
const forwardMark = '/run/layerwright-ip-forward';
/** Its content if the policy of forwarding was changed from ACCEPT to DROP. */
const closedMark = 'policy';

const isForwarding = () => readFileSync(forwardSwitch, 'utf8').trim() === '1';

/** Whether the forwarding rules apply to what passes within a bridge, too, that of virtual machines for example. */
const areBridgesFiltered = () =>
  existsSync('/proc/sys/net/bridge/bridge-nf-call-iptables') &&
  readFileSync('/proc/sys/net/bridge/bridge-nf-call-iptables', 'utf8').trim() === '1';

/** @param {'ACCEPT' | 'DROP'} policy for what no rule is about */
async function setForwardPolicy(policy) {
  const { code, stderr } = await capture('iptables', ['-w', '-P', 'FORWARD', policy]);
  if (code !== 0) throw new Error(stderr.trim() || `code ${code}`);
}

/**
 * Enables IP forwarding for the containers only: the machine, which forwarded nothing, must not become a router between
 * its networks. Does nothing if forwarding is enabled; what may be forwarded has been decided then.
 */
export async function enableForwarding() {
  if (isForwarding()) return;
  const isOpen = (await capture('iptables', ['-w', '-S', 'FORWARD'])).stdout.startsWith('-P FORWARD ACCEPT');
  const othersNeedIt = areBridgesFiltered() && listBridges().some((name) => !isBridgeName(name));
  const closes = isOpen && !othersNeedIt;
  writeFileSync(forwardMark, closes ? closedMark : '');
  if (closes) await setForwardPolicy('DROP');
  writeFileSync(forwardSwitch, '1');
}

/**
 * Disables IP forwarding after the last bridge is removed. If another bridge on the machine needs it, it stays, with the
 * policy: a machine whose forwarding was off is not opened.
 */
export async function restoreForwarding() {
  if (!existsSync(forwardMark)) return;
  const bridges = listBridges();
  if (bridges.some(isBridgeName)) return;
  const wasClosed = readFileSync(forwardMark, 'utf8') === closedMark;
  rmSync(forwardMark, { force: true });
  if (bridges.length > 0) return;
  if (isForwarding()) writeFileSync(forwardSwitch, '0');
  if (wasClosed) await setForwardPolicy('ACCEPT');
}
