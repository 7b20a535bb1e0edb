import type { Bus } from '@natter/bus';
import { activityPushed } from '@natter/contracts';
import type { Activity } from './activity-services.ts';
import { type AddressServices, addressActivity } from './address-activity.ts';

/** Pushes to whoever listens for the conversation. @throws what could not be read, and what `Bus.push` throws. */
export async function tellActivity(bus: Bus, services: AddressServices, activity: Activity): Promise<void> {
  const addressed = await addressActivity(services, activity);
  if (addressed === undefined) return;
  await bus.push(activityPushed, addressed, { address: activity.data.conversationId });
}
