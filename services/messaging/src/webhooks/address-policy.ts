import ipaddr from 'ipaddr.js';
import type { AllowPrivate } from './webhook-settings.ts';

type Address = ReturnType<typeof ipaddr.process>;

/** Of IPv6, all that is routed lies here (RFC 4291, 2.4); besides, there are old ways to write IPv4 addresses in it. */
const globalUnicast = ipaddr.parseCIDR('2000::/3');

/** An address that no webhook may reach, or not in this way. The message is for the operator. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError';
}

export interface AddressPolicyOptions {
  allowPrivate: AllowPrivate;
  /** Whether plain HTTP may go no further than to private addresses that are allowed. */
  requireTls: boolean;
}

/** Which addresses webhooks may reach: those that anybody may route to, and private ones that the operator allows. */
export class AddressPolicy {
  readonly #allowPrivate: AllowPrivate;
  readonly #requireTls: boolean;

  constructor({ allowPrivate, requireTls }: AddressPolicyOptions) {
    this.#allowPrivate = allowPrivate;
    this.#requireTls = requireTls;
  }

  /** @throws {ForbiddenAddressError} */
  judge(address: string, protocol: string): void {
    // Of an IPv4 address in IPv6, the IPv4 one.
    const parsed = ipaddr.process(address);
    if (this.#isAllowed(parsed)) return;
    if (!isPublic(parsed)) {
      throw new ForbiddenAddressError(`${address} is no public address: see WEBHOOK_ALLOW_PRIVATE`);
    }
    if (this.#requireTls && protocol !== 'https:') {
      throw new ForbiddenAddressError(`${address} is public, and in production reached by https alone`);
    }
  }

  #isAllowed(address: Address): boolean {
    if (this.#allowPrivate === 'off' || isPublic(address)) return false;
    return this.#allowPrivate === 'on' || this.#allowPrivate.some((network) => isIn(address, network));
  }
}

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || address.match(globalUnicast);
}

function isIn(address: Address, network: string): boolean {
  const [base, bits] = ipaddr.parseCIDR(network);
  return base.kind() === address.kind() && address.match(base, bits);
}
