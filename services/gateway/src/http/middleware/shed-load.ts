import type { Admit } from '../../limits/admit.ts';
import { addressOf } from '../address-of.ts';
import type { Step } from '../receive.ts';

/** Refuses what is too much to be answered in time by a process that has others to answer. */
export function shedLoad(admit: Admit): Step {
  return (request, response, whenAnswered) => {
    whenAnswered(admit(addressOf(request, response)));
  };
}
