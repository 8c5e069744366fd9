// @ts-check
/** The firewall rules of a private engine: what its containers may reach, and what may reach them. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { capture } from './run.js';
import { isBridgeName } from './subnet.js';

/** Clouds serve credentials of the machine here (169.254.169.254), and some of them its DNS. */
const linkLocal = '169.254.0.0/16';
/**
 * Bridges that belong to one machine, by the names that programs give them, also if they are made later: private
 * engines (lw), Docker, Podman, CNI, libvirt, LXC. `+` stands for any end.
 */
const hostBridges = [
  'lw+',
  'docker+',
  'br-+',
  'podman+',
  'cni+',
  'nerdctl+',
  'virbr+',
  'lxcbr+',
  'lxdbr+',
  'incusbr+',
];

/** The bridges of the machine. */
export const listBridges = () =>
  readdirSync('/sys/class/net').filter((name) => existsSync(`/sys/class/net/${name}/bridge`));

/** Bridges and their ports come and go with other programs. @param {string} file @returns {string} */
const readIfThere = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** Whether a port of a bridge leads out of the machine: hardware, or a VLAN or bond above it. @param {string} port */
const isUplink = (port) =>
  existsSync(`/sys/class/net/${port}/device`) ||
  /^DEVTYPE=(vlan|bond)$/m.test(readIfThere(`/sys/class/net/${port}/uevent`));

/** Whether a bridge connects the machine with others, as on hosts of virtual machines. */
function isOutward(/** @type {string} */ bridge, /** @type {string} */ defaultRoutes) {
  const ports = `/sys/class/net/${bridge}/brif`;
  const isRouted = defaultRoutes.split(/\s+/).includes(bridge);
  return isRouted || (existsSync(ports) && readdirSync(ports).some(isUplink));
}

/** @param {string} file resolv.conf(5) @returns {string[]} IPv4 addresses */
const nameserversIn = (file) =>
  [...readIfThere(file).matchAll(/^\s*nameserver\s+(\d+\.\d+\.\d+\.\d+)\s*$/gm)].map(
    (match) => match[1] ?? '',
  );

/** The nameservers that the engine gives to containers. */
function nameservers() {
  const configured = nameserversIn('/etc/resolv.conf');
  const isLocal = configured.length > 0 && configured.every((address) => address === '127.0.0.53');
  const used = isLocal ? nameserversIn('/run/systemd/resolve/resolv.conf') : configured;
  return used.filter((address) => !address.startsWith('127.'));
}

/** @typedef {{ outward: string[], inward: string[], nameservers: string[] }} Surroundings bridges, by where they lead */

/** @returns {Promise<Surroundings>} */
async function surroundingsOfEngines() {
  const defaultRoutes = (await capture('ip', ['-4', 'route', 'show', 'default'])).stdout;
  const others = listBridges().filter((name) => !isBridgeName(name));
  const outward = others.filter((name) => isOutward(name, defaultRoutes));
  const inward = others.filter((name) => !outward.includes(name));
  return { outward, inward, nameservers: nameservers() };
}

const established = '-m conntrack --ctstate RELATED,ESTABLISHED';

/**
 * In the table mangle, which is passed before filter: rules that others put above ours there cannot open what is closed.
 * `-out`: from containers through the machine; `-in`: to them; `-host`: from them to the machine itself.
 * @param {string} bridge @param {Surroundings} surroundings @param {number[]} machinePorts
 */
function isolation(bridge, { outward, inward, nameservers }, machinePorts) {
  const dns = nameservers.flatMap((address) =>
    ['udp', 'tcp'].map((protocol) => `-d ${address} -p ${protocol} --dport 53 -j RETURN`),
  );
  const chains = {
    out: [
      `-o ${bridge} -j RETURN`,
      ...dns,
      `-d ${linkLocal} -j DROP`,
      ...outward.map((name) => `-o ${name} -j RETURN`),
      ...[...hostBridges, ...inward].map((name) => `-o ${name} -j DROP`),
    ],
    in: [`-i ${bridge} -j RETURN`, `${established} -j RETURN`, '-j DROP'],
    host: [
      `${established} -j RETURN`,
      ...dns,
      ...machinePorts.map((port) => `-p tcp --dport ${port} -j RETURN`),
      '-j DROP',
    ],
  };
  return Object.entries(chains).flatMap(([name, rules]) => [
    `:${bridge}-${name} - [0:0]`,
    ...rules.map((rule) => `-A ${bridge}-${name} ${rule}`),
  ]);
}

/** @param {string} bridge */
const mark = (bridge) => `-m comment --comment layerwright-${bridge}`;

/** @param {string} bridge @param {string} subnet @param {string[]} isolating lines of the table mangle */
const ruleset = (bridge, subnet, isolating) => `*mangle
${isolating.join('\n')}
-I FORWARD -i ${bridge} ${mark(bridge)} -j ${bridge}-out
-I FORWARD -o ${bridge} ${mark(bridge)} -j ${bridge}-in
-I INPUT -i ${bridge} ${mark(bridge)} -j ${bridge}-host
COMMIT
*filter
-I FORWARD -i ${bridge} ${mark(bridge)} -j ACCEPT
-I FORWARD -o ${bridge} ${established} ${mark(bridge)} -j ACCEPT
COMMIT
*nat
-I POSTROUTING -s ${subnet} ! -o ${bridge} ${mark(bridge)} -j MASQUERADE
COMMIT
`;

/** Applies the lines of each table at once. @param {string} input */
async function restore(input) {
  const { code, stderr } = await capture('iptables-restore', ['--wait', '--noflush'], { input });
  if (code !== 0) throw new Error(stderr.trim().split('\n').at(-1) || 'iptables is missing');
}

/**
 * Lets the containers of a bridge out of the machine, and nowhere else.
 * @param {string} bridge @param {string} subnet @param {number[]} machinePorts that they reach all the same
 */
export async function closeOff(bridge, subnet, machinePorts) {
  const surroundings = await surroundingsOfEngines();
  await restore(ruleset(bridge, subnet, isolation(bridge, surroundings, machinePorts)));
}

/** Removes the rules of a bridge, also those of an earlier version. @param {string} bridge */
export async function removeRules(bridge) {
  for (const table of ['mangle', 'filter', 'nat']) {
    const { stdout } = await capture('iptables', ['-w', '-t', table, '-S']);
    const lines = stdout.split('\n');
    const rules = lines.filter((line) => line.includes(`--comment layerwright-${bridge} `));
    const chains = lines.flatMap((line) => line.match(`^-N (${bridge}-\\w+)$`)?.[1] ?? []);
    if (rules.length + chains.length === 0) continue;
    await restore(
      [
        `*${table}`,
        ...rules.map((rule) => rule.replace(/^-A/, '-D')),
        ...chains.map((chain) => `-F ${chain}`),
        ...chains.map((chain) => `-X ${chain}`),
        'COMMIT\n',
      ].join('\n'),
    );
  }
}
