import type { Bus } from '@natter/bus';
import { activityPushed } from '@natter/contracts';
import type { Activity } from './activity-services.ts';
import { type AddressServices, addressActivity } from './address-activity.ts';

/** Tells whoever listens for the conversation. @throws what could not be read. */
export async function tellActivity(
  bus: Pick<Bus, 'hint'>,
  services: AddressServices,
  activity: Activity,
): Promise<void> {
  const addressed = await addressActivity(services, activity);
  if (addressed === undefined) return;
  bus.hint(activityPushed, addressed, { address: activity.data.conversationId });
}
