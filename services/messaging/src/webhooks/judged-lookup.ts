import { type LookupAddress, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { AddressPolicy } from './address-policy.ts';

/**
 * A lookup for sockets that gives them the addresses of a name that a policy lets through, so that what is connected
 * to is what was judged, whatever the name says a moment later.
 */
export function judgedLookup(policy: AddressPolicy, protocol: string): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      try {
        const allowed = judgeAll(policy, addresses, protocol);
        if (options.all) callback(null, allowed);
        else callback(null, allowed[0].address, allowed[0].family);
      } catch (refusal) {
        callback(refusal as Error, []);
      }
    });
  };
}

/**
 * The addresses that the policy lets through.
 *
 * @throws {ForbiddenAddressError} of the last address when it lets none.
 */
export function judgeAll(
  policy: AddressPolicy,
  addresses: readonly LookupAddress[],
  protocol: string,
): [LookupAddress, ...LookupAddress[]] {
  const allowed: LookupAddress[] = [];
  let refusal: unknown = new Error('The name has no address');
  for (const address of addresses) {
    try {
      policy.judge(address.address, protocol);
      allowed.push(address);
    } catch (error) {
      refusal = error;
    }
  }
  const [first, ...others] = allowed;
  if (first === undefined) throw refusal;
  return [first, ...others];
}
