import { highestGroupMaxMembers } from '@natter/contracts';
import { commonSettings, databaseSettings, groupSettings, streamSettings } from '@natter/platform';
import { z } from 'zod';

export const messagingSettings = z.object({
  ...commonSettings,
  ...streamSettings,
  ...databaseSettings('messaging'),
  ...groupSettings(highestGroupMaxMembers),
});

export type MessagingConfig = z.output<typeof messagingSettings>;
