import { isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * What an address is counted under: IPv4 as it is, IPv6 by its first 64 bits, for whoever has one address of a network
 * has all of them. Whatever is no address, as a proxy may say it, counts as one.
 */
export function addressKey(address = ''): string {
  if (isIPv4(address)) return address;
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (!('parts' in parsed)) return parsed.toString();
  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}
