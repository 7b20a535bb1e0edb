import { setTimeout as delay } from 'node:timers/promises';
import { type Bus, connectBus, Deadline } from '@natter/bus';
import {
  errorTable,
  getConversation,
  listMessages,
  NatterError,
  type Operation,
  type RequestOf,
  sendMessage,
  type UserProfile,
  userChanged,
} from '@natter/contracts';
import { createLogger } from '@natter/platform';
import { uuidv7 } from 'uuidv7';
import type { MessagingConfig } from '../src/config.ts';
import { MessagingService } from '../src/service.ts';
import { people } from './_people.ts';
import { testSettings } from './_settings.ts';

const everyone = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace'];

const context = (withinMs = 4_900) => ({ requestId: uuidv7(), deadline: Deadline.in(withinMs) });

/** A machine that does other things too may let a service wait longer than a caller waits for it. */
const patienceMs = 60_000;

const againAfterMs = 100;

/** What is asked, but for who asks. */
type Call<O extends Operation> = Omit<RequestOf<O>, 'callerId' | 'callerUsername'>;

interface StackOptions {
  crowd?: readonly string[];
  NATS_URL?: string;
}

/** NATS and MongoDB as they are, some people, and as many messaging services as a test starts. */
export async function openStack({ crowd = [], ...servers }: StackOptions = {}) {
  const settings = { ...testSettings(), ...servers };
  const logger = createLogger({ name: 'test', level: 'silent' });
  const bus = await connectBus({
    url: settings.NATS_URL,
    name: 'test',
    prefix: settings.NATS_PREFIX,
    logger,
  });
  const users = people([...everyone, ...crowd]);
  const serving = await users.serve(bus);
  const started: MessagingService[] = [];
  const userChangedTo = (profile: UserProfile) =>
    bus.publish(userChanged, profile, { id: `${profile.id}:${profile.version}` });
  return {
    bus,
    settings,
    idOf: users.idOf,
    /** From now on nobody answers for the users service. */
    stopUsers: () => serving.stop(),
    start: (over: Partial<MessagingConfig> = {}) => startService({ ...settings, ...over }, started),
    /** Somebody who waits at most `withinMs` for an answer. */
    as: (username: string, withinMs?: number) => clientOf(bus, users.idOf(username), username, withinMs),
    /** Tells everyone of a profile as the users service does. */
    userChanged: userChangedTo,
    /** Changes a user as the users service does, and tells everyone. */
    changeUser: (username: string, change: Partial<UserProfile>) =>
      userChangedTo(users.change(username, change)),
    /** Ends an account as the users service does. @returns what everyone is told. */
    deleteUser: async (username: string) => {
      const deleted = users.change(username, { username: 'deleted', displayName: 'deleted', deleted: true });
      await userChangedTo(deleted);
      return deleted;
    },
    stop: async () => {
      await Promise.all(started.map((service) => service.stop()));
      await serving.stop();
      await bus.close();
    },
  };
}

export type Stack = Awaited<ReturnType<typeof openStack>>;

async function startService(config: MessagingConfig, started: MessagingService[]): Promise<MessagingService> {
  const service = MessagingService.create(config);
  started.push(service);
  await service.start();
  return service;
}

function clientOf(bus: Bus, callerId: string, callerUsername: string, withinMs?: number) {
  const once = <O extends Operation>(operation: O, request: Omit<RequestOf<O>, 'callerId'>) =>
    bus.call(operation, { callerId, ...request } as RequestOf<O>, context(withinMs));
  /** As a client does that minds what it does: again while it is not known whether it is done. */
  const untilKnown: typeof once = async (operation, request) => {
    const patience = Deadline.in(patienceMs);
    for (;;) {
      try {
        return await once(operation, request);
      } catch (error) {
        const again = error instanceof NatterError && errorTable[error.code].retryable && !patience.expired;
        if (!again) throw error;
        await delay(againAfterMs);
      }
    }
  };
  const call: typeof once = (operation, request) => {
    const parsed = operation.request.safeParse({ callerId, ...request });
    const repeatable = parsed.success && operation.repeatable(parsed.data);
    return repeatable ? untilKnown(operation, request) : once(operation, request);
  };
  return {
    /** Any operation, `callerId` added. */
    call,
    /** The same without a repeat. */
    once,
    send: (request: Call<typeof sendMessage>) => once(sendMessage, { callerUsername, ...request }),
    sendUntilKnown: (request: Call<typeof sendMessage> & { clientMessageId: string }) =>
      untilKnown(sendMessage, { callerUsername, ...request }),
    conversation: (request: Call<typeof getConversation>) => call(getConversation, request),
    messages: (request: Call<typeof listMessages>) => call(listMessages, request),
  };
}
