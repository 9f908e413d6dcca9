import { BlockList, isIP } from 'node:net'

/*
 * Networks that are not of the public internet: the registries of special-purpose addresses (RFC 6890), and multicast.
 */

const own = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  own.addSubnet(network, prefix, 'ipv4')

const global = new BlockList()
global.addSubnet('2000::', 3, 'ipv6')
// Documentation, and what carries an IPv4 address inside: Teredo and 6to4.
const carriers = new BlockList()
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
] as const)
  carriers.addSubnet(network, prefix, 'ipv6')

/** Whether an IP address is one of the public internet. What is no address is not. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, '')
  if (isIP(bare) === 4) return !own.check(bare, 'ipv4')
  return isIP(bare) === 6 && global.check(bare, 'ipv6') && !carriers.check(bare, 'ipv6')
}
