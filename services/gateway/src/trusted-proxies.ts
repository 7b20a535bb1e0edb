import { isIPv4, isIPv6 } from 'node:net';
import { listSetting } from './list-setting.ts';

/** An address, or a network in CIDR notation (RFC 4632). */
function isAddressRange(text: string): boolean {
  const [address = '', prefix = '0', ...rest] = text.split('/');
  if (rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return false;
  return (isIPv4(address) && Number(prefix) <= 32) || (isIPv6(address) && Number(prefix) <= 128);
}

/** Whose `X-Forwarded-For` is believed; comma-separated. */
export const trustedProxiesSetting = listSetting(
  isAddressRange,
  'Must be addresses or networks, comma-separated: 10.0.0.7, 10.1.0.0/16',
);
