import { NatterError } from '@natter/contracts';
import { addressKey } from './address-key.ts';
import type { LoadShedding, ShedReason } from './load-shedding.ts';

/**
 * Takes something that is to be answered, from that address. @returns what is to be called once when it is.
 *
 * @throws {NatterError} `overloaded`, where it is too much to be answered in time.
 */
export type Admit = (address: string | undefined) => () => void;

export function createAdmit(shedding: LoadShedding, onShed: (reason: ShedReason) => void): Admit {
  return (address) => {
    const key = addressKey(address);
    const reason = shedding.refusal(key);
    if (reason === undefined) return shedding.take(key);
    onShed(reason);
    throw new NatterError('overloaded', { retryAfter: 1 });
  };
}
