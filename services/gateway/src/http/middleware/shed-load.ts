import { NatterError } from '@natter/contracts';
import type { RequestHandler } from 'express';
import { addressKey } from '../../limits/address-key.ts';
import type { LoadShedding, ShedReason } from '../../limits/load-shedding.ts';
import { onceAnswered } from '../answered.ts';

/** Refuses what is too much to be answered in time by a process that has others to answer. */
export function shedLoad(shedding: LoadShedding, onShed: (reason: ShedReason) => void): RequestHandler {
  return (request, response, next) => {
    const address = addressKey(request.ip);
    const reason = shedding.refusal(address);
    if (reason !== undefined) {
      onShed(reason);
      throw new NatterError('overloaded', { retryAfter: 1 });
    }
    onceAnswered(response, shedding.take(address));
    next();
  };
}
