import { parseConfig, runService } from '@natter/platform';
import { messagingSettings } from './config.ts';
import { MessagingService } from './service.ts';

await runService(() => MessagingService.create(parseConfig(messagingSettings, process.env)));
