// @ts-check
/** Picks the subnet of a private bridge: a /24 that nothing on this machine uses or routes. */
import { createHash } from 'node:crypto';

/** First two octets of the private ranges, in order of preference. */
const ranges = ['10.213', '10.214', '172.29', '192.168'];

/** @param {string} address */
const toNumber = (address) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

/** @param {string} cidr @returns {[number, number]} first and last address */
function span(cidr) {
  const [address = '', bits = '32'] = cidr.split('/');
  const size = 2 ** (32 - Number(bits));
  const first = Math.floor(toNumber(address) / size) * size;
  return [first, first + size - 1];
}

/** @param {string} one @param {string} other */
export function overlaps(one, other) {
  const [oneFirst, oneLast] = span(one);
  const [otherFirst, otherLast] = span(other);
  return oneFirst <= otherLast && otherFirst <= oneLast;
}

/**
 * @param {string[]} taken networks and addresses in use, `10.0.0.0/8`; the default route is ignored
 * @param {string} seed determines where the search starts, so that a directory usually keeps its subnet
 * @returns {string | null} `10.213.7.0/24`
 */
export function pickSubnet(taken, seed) {
  const inUse = taken.filter((cidr) => !cidr.startsWith('0.0.0.0/0') && cidr !== 'default');
  const start = hash(seed).readUInt8(0);
  for (const range of ranges) {
    for (let step = 0; step < 256; step++) {
      const subnet = `${range}.${(start + step) % 256}.0/24`;
      if (!inUse.some((cidr) => overlaps(cidr, subnet))) return subnet;
    }
  }
  return null;
}

/** @param {string} text */
const hash = (text) => createHash('sha256').update(text).digest();

/**
 * The bridge name of a directory: unique, and within the kernel's limit of 15 characters. @param {string} directory
 */
export const bridgeName = (directory) => `lw${hash(directory).toString('hex').slice(0, 10)}`;

/** Whether a network interface is the bridge of a private engine. @param {string} name */
export const isBridgeName = (name) => /^lw[0-9a-f]{10}$/.test(name);
