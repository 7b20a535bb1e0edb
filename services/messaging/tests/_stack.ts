import { setTimeout as delay } from 'node:timers/promises';
import { type Bus, connectBus, Deadline } from '@natter/bus';
import {
  errorTable,
  getConversation,
  listMessages,
  NatterError,
  type RequestOf,
  sendMessage,
} from '@natter/contracts';
import { createLogger } from '@natter/platform';
import { uuidv7 } from 'uuidv7';
import type { MessagingConfig } from '../src/config.ts';
import { MessagingService } from '../src/service.ts';
import { people } from './_people.ts';
import { testSettings } from './_settings.ts';

const context = () => ({ requestId: uuidv7(), deadline: Deadline.in(4_900) });

type Call<O extends typeof sendMessage | typeof getConversation | typeof listMessages> = Omit<
  RequestOf<O>,
  'callerId' | 'callerUsername'
>;

/** NATS and MongoDB as they are, alice, bob and carol, and as many messaging services as a test starts. */
export async function openStack() {
  const settings = testSettings();
  const logger = createLogger({ name: 'test', level: 'silent' });
  const bus = await connectBus({
    url: settings.NATS_URL,
    name: 'test',
    prefix: settings.NATS_PREFIX,
    logger,
  });
  const users = people('alice', 'bob', 'carol');
  const serving = await users.serve(bus);
  const started: MessagingService[] = [];
  return {
    bus,
    settings,
    /** From now on nobody answers for the users service. */
    stopUsers: () => serving.stop(),
    start: (over: Partial<MessagingConfig> = {}) => startService({ ...settings, ...over }, started),
    as: (username: 'alice' | 'bob' | 'carol') => clientOf(bus, users.idOf(username), username),
    stop: async () => {
      await Promise.all(started.map((service) => service.stop()));
      await serving.stop();
      await bus.close();
    },
  };
}

async function startService(config: MessagingConfig, started: MessagingService[]): Promise<MessagingService> {
  const service = MessagingService.create(config);
  started.push(service);
  await service.start();
  return service;
}

function clientOf(bus: Bus, callerId: string, callerUsername: string) {
  const send = (request: Call<typeof sendMessage>) =>
    bus.call(sendMessage, { callerId, callerUsername, ...request }, context());
  return {
    send,
    /** As a client does that minds its messages: with a key, and again while it is not known whether it is sent. */
    sendUntilKnown: async (request: Call<typeof sendMessage> & { clientMessageId: string }) => {
      for (;;) {
        try {
          return await send(request);
        } catch (error) {
          if (!(error instanceof NatterError && errorTable[error.code].retryable)) throw error;
          await delay((error.retryAfter ?? 0.1) * 1_000);
        }
      }
    },
    conversation: (request: Call<typeof getConversation>) =>
      bus.call(getConversation, { callerId, ...request }, context()),
    messages: (request: Call<typeof listMessages>) =>
      bus.call(listMessages, { callerId, ...request }, context()),
  };
}
