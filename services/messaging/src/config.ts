import { highestGroupMaxMembers } from '@natter/contracts';
import { commonSettings, databaseSettings, groupSettings } from '@natter/platform';
import { z } from 'zod';

export const messagingSettings = z.object({
  ...commonSettings,
  ...databaseSettings('messaging'),
  ...groupSettings(highestGroupMaxMembers),
});

export type MessagingConfig = z.output<typeof messagingSettings>;
