import { type Bus, Deadline } from '@natter/bus';
import { createInvite, type ResponseOf } from '@natter/contracts';
import { OperatorError } from '@natter/platform';
import { uuidv7 } from 'uuidv7';

const withinMs = 10_000;

/**
 * Asks the users service for an invite.
 *
 * @param days as typed: for how long it shall be good.
 * @throws {OperatorError} when that is no number of days.
 */
export async function inviteUser(bus: Bus, days: string): Promise<ResponseOf<typeof createInvite>> {
  const request = createInvite.request.safeParse({ days: Number(days) });
  if (!request.success) throw new OperatorError('--days must be a whole number from 1 to 365.');
  return bus.call(createInvite, request.data, { requestId: uuidv7(), deadline: Deadline.in(withinMs) });
}
