import net from 'node:net';

/** An address of IPv6 without its brackets, and any other host as it is. */
export const bareHost = (host: string): string => host.replace(/^\[|\]$/g, '');

type Rule = [network: string, prefix: number, type: 'ipv4' | 'ipv6'];

/** BlockList applies IPv4 rules to mapped addresses (::ffff:169.254.0.1), too. */
export function addressTest(rules: Rule[]): (address: string) => boolean {
  const list = new net.BlockList();
  for (const [network, prefix, type] of rules) list.addSubnet(network, prefix, type);
  return (address) => list.check(address, net.isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** No server lives there; clouds give out a machine's credentials at link-local addresses. */
export const isNeverContacted = addressTest([
  ['0.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 128, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
  ['fd00:ec2::254', 128, 'ipv6'],
]);

export const isLoopback = addressTest([
  ['127.0.0.0', 8, 'ipv4'],
  ['::1', 128, 'ipv6'],
]);
