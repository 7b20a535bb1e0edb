import { highestGroupMaxMembers } from '@natter/contracts';
import {
  commonSettings,
  databaseSettings,
  directorySettings,
  groupSettings,
  streamSettings,
} from '@natter/platform';
import { z } from 'zod';
import { webhookSettings } from './webhooks/webhook-settings.ts';

export const messagingSettings = z.object({
  ...commonSettings,
  ...streamSettings,
  ...databaseSettings('messaging'),
  ...groupSettings(highestGroupMaxMembers),
  ...directorySettings,
  ...webhookSettings,
});

export type MessagingConfig = z.output<typeof messagingSettings>;
