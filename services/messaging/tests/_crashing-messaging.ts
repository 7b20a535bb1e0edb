// A messaging process that kills itself at a chosen step of its first append.
import { Bus } from '@natter/bus';
import { parseConfig, runService } from '@natter/platform';
import { messagingSettings } from '../src/config.ts';
import { MessagingService } from '../src/service.ts';
import { MongoConversationLog } from '../src/storage/mongo-conversation-log.ts';
import { MongoProjections } from '../src/storage/mongo-projections.ts';

const die = (): Promise<never> => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
};

const steps: Record<string, () => void> = {
  'between append and answer': () => {
    MongoProjections.prototype.apply = die;
  },
  'between append and relay': () => {
    Bus.prototype.publish = die;
  },
  'between relay and unmark': () => {
    MongoConversationLog.prototype.unmark = die;
  },
};

const step = steps[process.env['DIE'] ?? ''];
if (step === undefined) throw new Error('DIE names no step');
step();
await runService(() => MessagingService.create(parseConfig(messagingSettings, process.env)));
