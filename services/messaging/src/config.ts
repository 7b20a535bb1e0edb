import { highestGroupMaxMembers } from '@natter/contracts';
import {
  commonSettings,
  databaseSettings,
  directorySettings,
  groupSettings,
  streamSettings,
} from '@natter/platform';
import { z } from 'zod';

export const messagingSettings = z.object({
  ...commonSettings,
  ...streamSettings,
  ...databaseSettings('messaging'),
  ...groupSettings(highestGroupMaxMembers),
  ...directorySettings,
});

export type MessagingConfig = z.output<typeof messagingSettings>;
