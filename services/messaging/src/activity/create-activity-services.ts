import type { Bus } from '@natter/bus';
import type { Logger } from '@natter/platform';
import type { Activity, ActivityServices } from './activity-services.ts';
import type { AddressServices } from './address-activity.ts';
import { tellActivity } from './tell-activity.ts';
import { TypingThrottle } from './typing-throttle.ts';

export function createActivityServices(
  bus: Bus,
  services: AddressServices,
  logger: Pick<Logger, 'warn'>,
): ActivityServices {
  const tell = (activity: Activity) =>
    tellActivity(bus, services, activity).catch((error: unknown) =>
      logger.warn({ err: error, type: activity.type }, 'could not tell what a member does'),
    );
  return { tellActivity: (activity) => void tell(activity), typing: new TypingThrottle(performance) };
}
