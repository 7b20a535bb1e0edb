import { commonSettings, databaseSettings } from '@natter/platform';
import { z } from 'zod';

export const messagingSettings = z.object({ ...commonSettings, ...databaseSettings('messaging') });

export type MessagingConfig = z.output<typeof messagingSettings>;
