import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type CallerName,
  getUser,
  messagingDurables,
  sendMessage,
  sessionEnded,
  userChanged,
} from '@natter/contracts';
import type { NatsBroker } from '@natter/testkit';
import { AckPolicy, nanos } from 'nats';
import { streamName } from '../src/events/streams.ts';
import { implement, natsUsers, permissionsOf } from '../src/index.ts';
import {
  eventSubject,
  eventSubjects,
  instanceSubject,
  operationSubject,
  presenceSubject,
  pushSubject,
} from '../src/subject.ts';
import { serveOn, until } from './_bus.ts';
import { alice, profile } from './_operations.ts';
import { openBusAs, PermittedClient, startPermitted } from './_permitted.ts';
import { covers, subjectsOfInterest } from './_subjects.ts';

const prefix = 'natter';

const table = natsUsers.map((user) => ({ user, ...permissionsOf(user, prefix) }));

const { toPublish, toSubscribe } = subjectsOfInterest(table);

let broker: NatsBroker;
const clients = new Map<CallerName, PermittedClient>();

beforeAll(async () => {
  broker = await startPermitted();
  for (const user of natsUsers) clients.set(user, await PermittedClient.connect(user, broker));
});

afterAll(async () => {
  await Promise.all([...clients.values()].map((client) => client.close()));
  await broker[Symbol.asyncDispose]();
});

const as = (user: CallerName) => clients.get(user)!;

const notCovered = (allowed: readonly string[], subjects: readonly string[]) =>
  subjects.filter((subject) => !allowed.some((pattern) => covers(pattern, subject)));

describe.each(table)('on NATS, $user', ({ user, publish, subscribe }) => {
  test('may publish to what the table says and to nothing else', async () => {
    expect(await as(user).forbiddenToPublish(toPublish)).toEqual(notCovered(publish, toPublish));
  });

  test('may subscribe to what the table says and to nothing else', async () => {
    expect(await as(user).forbiddenToSubscribe(toSubscribe)).toEqual(notCovered(subscribe, toSubscribe));
  });
});

/** Of all users those who may. */
async function whoMay(verb: 'publish' | 'subscribe', subject: string): Promise<CallerName[]> {
  const forbidden = await Promise.all(
    natsUsers.map((user) =>
      verb === 'publish' ? as(user).forbiddenToPublish([subject]) : as(user).forbiddenToSubscribe([subject]),
    ),
  );
  return natsUsers.filter((_, index) => forbidden[index]!.length === 0);
}

const operation = operationSubject(prefix, getUser);
const event = eventSubject(prefix, userChanged);
const push = pushSubject(prefix, sessionEnded);
const instance = instanceSubject(prefix, sendMessage, 'some');
const presence = presenceSubject(prefix, 'messaging', 'serving');

test.each([
  ['ask for a user', 'publish', operation, ['gateway']],
  ['take requests for users', 'subscribe', operation, ['users']],
  ['publish an event of users', 'publish', event, ['users']],
  ['say that a session has ended', 'publish', push, ['users']],
  ['hear that a session has ended', 'subscribe', push, ['gateway']],
  ['listen to events past JetStream', 'subscribe', event, []],
  ['change the stream of users', 'publish', '$JS.API.STREAM.UPDATE.natter_users', ['users']],
  ['delete a stream', 'publish', '$JS.API.STREAM.DELETE.natter_users', []],
  [
    'follow users as messaging',
    'publish',
    '$JS.API.CONSUMER.MSG.NEXT.natter_users.messaging-profiles',
    ['messaging'],
  ],
  ['follow users under another name', 'publish', '$JS.API.CONSUMER.MSG.NEXT.natter_users.other', []],
  ['count a password attempt', 'publish', '$KV.natter_password-attempts.key', ['gateway']],
  ['read them', 'publish', '$JS.API.STREAM.MSG.GET.KV_natter_password-attempts', ['gateway']],
  ['make their bucket', 'publish', '$JS.API.STREAM.UPDATE.KV_natter_password-attempts', ['users']],
  ['delete them all', 'publish', '$JS.API.STREAM.PURGE.KV_natter_password-attempts', []],
  ['follow who is connected', 'subscribe', '$KV.natter_connections.*', ['gateway']],
  ['follow password attempts', 'subscribe', '$KV.natter_password-attempts.*', []],
  ['pass for users in a search for services', 'subscribe', '$SRV.PING.users', ['users']],
  ['search for services', 'publish', '$SRV.PING', ['operator']],
  ['ask one instance to send a message', 'publish', instance, ['gateway']],
  ['be an instance that sends messages', 'subscribe', instance, ['messaging']],
  ['say that an instance is there', 'publish', presence, ['messaging']],
  ['hear which instances are there', 'subscribe', presence, ['gateway']],
  ["hear the gateway's answers", 'subscribe', '_INBOX_gateway.>', ['gateway']],
  ["put an answer into the gateway's inbox unasked", 'publish', '_INBOX_gateway.1', []],
] as const)('who may %s', async (_, verb, subject, expected) => {
  expect(await whoMay(verb, subject)).toEqual(expected);
});

test('a service may answer who asked it, once', async () => {
  const { nats } = as('users');
  const requests = nats.subscribe(operation);
  await nats.flush();
  const asked = as('gateway').nats.request(operation, 'who?');
  const { value: request } = await requests[Symbol.asyncIterator]().next();
  request.respond('alice');
  expect((await asked).string()).toBe('alice');
  expect(await as('users').forbiddenToPublish([request.reply])).toEqual([request.reply]);
});

test('a service makes its stream what it should be, and its consumer of another', async () => {
  const stream = streamName(prefix, 'users');
  const durable = messagingDurables.profiles;
  const before = { name: stream, subjects: [eventSubjects(prefix, 'users')], max_age: nanos(60_000) };
  await (await as('users').nats.jetstreamManager({ checkAPI: false })).streams.add(before);
  const messagingsOwn = await as('messaging').nats.jetstreamManager({ checkAPI: false });
  await messagingsOwn.consumers.add(stream, {
    durable_name: durable,
    filter_subject: event,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(60_000),
  });

  const [users, messaging] = await Promise.all([openBusAs('users', broker), openBusAs('messaging', broker)]);
  await serveOn(users.bus, [implement(getUser, async () => alice)]);
  const versions: number[] = [];
  const consuming = await messaging.bus.consume(userChanged, {
    durable,
    handle: async ({ version }) => void versions.push(version),
    deadLetter: async () => {},
  });
  await users.bus.publish(userChanged, profile(1), { id: '1' });
  await until('the event', () => versions.includes(1));
  await until('nothing to be behind', async () => (await consuming.behind()) === 0);

  const { config } = await messagingsOwn.streams.info(stream);
  expect(config.max_age).not.toBe(before.max_age);
  expect((await messagingsOwn.consumers.info(stream, durable)).config.ack_wait).not.toBe(nanos(60_000));
  expect([...users.logger.entries, ...messaging.logger.entries]).toEqual([]);
});
