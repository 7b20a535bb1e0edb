import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Deadline } from '@natter/bus';
import {
  addReaction,
  addWebhook,
  deleteMessage,
  type Entry,
  editMessage,
  removeMember,
  renameConversation,
  setMember,
} from '@natter/contracts';
import type { OperatorContext } from '@natter/platform';
import { NatsBroker, waitFor } from '@natter/testkit';
import { Webhook } from 'standardwebhooks';
import { webhookCommands } from '../src/operator/webhook-commands.ts';
import { MemoryWebhookDeadLetters } from '../src/storage/memory-webhook-dead-letters.ts';
import { MemoryWebhookQueues } from '../src/storage/memory-webhook-queues.ts';
import { MemoryWebhooks } from '../src/storage/memory-webhooks.ts';
import { ageEntries, forgetSecondLook } from './_aged.ts';
import { openDatabase } from './_database.ts';
import { happened } from './_entries.ts';
import { makeGroup, readWholeLog } from './_groups.ts';
import { type Posted, Receiver } from './_receiver.ts';
import { openStack, type Stack } from './_stack.ts';
import { describeWebhookClient } from './_webhook-client-behaviour.ts';
import { describeWebhookStores } from './_webhook-stores-contract.ts';

const unavailable = (response: ServerResponse) => response.writeHead(503, { 'retry-after': '1' }).end();

const verified = (secret: string, { headers, text }: Posted) => new Webhook(secret).verify(text, headers);

const ofConversation = (entries: readonly Entry[], { id }: { id: string }) =>
  entries.filter(({ conversationId }) => conversationId === id);

describe('webhooks, on two messaging services', () => {
  let stack: Stack;
  let receiver: Receiver;
  let database: Awaited<ReturnType<typeof openDatabase>>;
  let paths = 0;

  beforeAll(async () => {
    [stack, receiver] = await Promise.all([openStack(), Receiver.open()]);
    await Promise.all([1, 2].map(() => stack.start({ WEBHOOK_ALLOW_PRIVATE: '127.0.0.0/8' })));
    database = await openDatabase(stack.settings);
  });
  afterAll(async () => {
    await stack.stop();
    await receiver.close();
    await database.close();
  });

  /** `npm run natter -- webhooks …`. @returns what it says. */
  async function webhooks(...args: string[]): Promise<string[]> {
    const { NATS_URL, NATS_PREFIX } = stack.settings;
    const said: string[] = [];
    const context: OperatorContext = {
      environment: () => ({ NATS_URL, NATS_PREFIX }),
      say: (line) => said.push(line),
      progress: () => undefined,
      fail: () => undefined,
    };
    await webhookCommands(context).exitOverride().parseAsync(args, { from: 'user' });
    return said;
  }

  /** A webhook whose receiver is a path of its own. */
  async function add(...options: string[]) {
    paths += 1;
    const path = `/${paths}`;
    const said = await webhooks('add', receiver.url(path), ...options);
    const [id = '', secret = ''] = said.map((line) => line.split(': ')[1]);
    const revsTaken = () => receiver.entriesAt(path).map(({ rev }) => rev);
    return { id, secret, path, revsTaken };
  }

  const stateOf = async (id: string) => (await webhooks('list')).find((line) => line.startsWith(id));

  it('delivers all that happens, everywhere, in the order of each log, signed', async () => {
    const { id, secret, path } = await add();
    const groups = await Promise.all([1, 2, 3].map(() => makeGroup(stack, 'alice', 'bob', 'carol')));
    const [alice, bob] = [stack.as('alice'), stack.as('bob')];
    await Promise.all(
      groups.map(async (conversation) => {
        const sends = Array.from({ length: 8 }, (_, n) =>
          (n % 2 ? alice : bob).send({ conversation, content: `${n}: h\u00e9 \u{1F44B}` }),
        );
        await alice.call(setMember, { conversation, username: 'dave', role: 'member' });
        await alice.call(setMember, { conversation, username: 'dave', role: 'admin' });
        await Promise.all(sends);
        await alice.call(renameConversation, { conversation, title: 'Renamed' });
        const { message } = await alice.send({ conversation, content: 'first' });
        const { seq } = message;
        await alice.call(editMessage, { conversation, seq, content: 'second' });
        await bob.call(addReaction, { conversation, seq, emoji: '\u{1F44D}' });
        await alice.call(removeMember, { conversation, username: 'dave' });
      }),
    );
    for (const conversation of groups) {
      const log = await readWholeLog(stack, 'alice', conversation);
      const taken = () => ofConversation(receiver.entriesAt(path), conversation);
      await waitFor(() => taken().length >= log.length, { what: 'the whole log' });
      expect(taken()).toEqual(log);
    }
    for (const posted of receiver.at(path)) {
      expect(verified(secret, posted)).toEqual(posted.body);
      const { type, timestamp, data } = posted.body;
      expect([type, timestamp]).toEqual([data.type, data.at]);
      expect(posted.headers['content-type']).toBe('application/json');
    }
    await waitFor(async () => (await stateOf(id))?.endsWith('all delivered') === true, { what: 'rest' });
  });

  it('delivers one conversation, from when it was added on, and nothing after it is removed', async () => {
    const [conversation, other] = [await makeGroup(stack, 'alice'), await makeGroup(stack, 'alice')];
    const alice = stack.as('alice');
    await alice.send({ conversation, content: 'before' });
    const { id, path, revsTaken } = await add('--conversation', conversation.id);
    await alice.send({ conversation: other, content: 'elsewhere' });
    await alice.send({ conversation, content: 'after' });
    await waitFor(() => revsTaken().length > 0, { what: 'what was sent after' });
    expect(receiver.at(path).map(({ body }) => body.data)).toMatchObject([
      { rev: 3, data: { content: 'after' } },
    ]);
    await webhooks('remove', id);
    const witness = await add('--conversation', conversation.id);
    await alice.send({ conversation, content: 'later' });
    await waitFor(() => witness.revsTaken().length > 0, { what: 'another webhook to have it' });
    expect(revsTaken()).toEqual([3]);
    expect(await stateOf(id)).toBeUndefined();
  });

  it('delivers what a process that knows of no webhooks has relayed, a minute later', async () => {
    const conversation = await makeGroup(stack, 'alice');
    const { revsTaken } = await add('--conversation', conversation.id);
    const entry = happened(
      conversation.id,
      { rev: 2, seq: 0 },
      { type: 'conversation.renamed', data: { title: 'Renamed' } },
    );
    await database.log.append([{ ...entry, actorId: stack.idOf('alice') }]);
    await database.log.unmark([entry]);
    await ageEntries(database, conversation.id);
    const isTaken = async () => {
      await forgetSecondLook(database);
      return revsTaken().length > 0;
    };
    await waitFor(isTaken, { what: 'the entry' });
    expect(revsTaken()).toEqual([2]);
  });

  it('waits for a receiver that fails, tells of it, and delivers no text that was deleted meanwhile', async () => {
    const conversation = await makeGroup(stack, 'alice');
    const { id, path, revsTaken } = await add('--conversation', conversation.id);
    receiver.answer(path, unavailable);
    const alice = stack.as('alice');
    for (const content of ['deleted', 'kept']) await alice.send({ conversation, content });
    await waitFor(async () => (await stateOf(id))?.includes('(answered 503)') === true, { what: 'failing' });
    expect(await stateOf(id)).toMatch(/waiting in 1 conversation, failing in 1 since \d{4}-/);
    expect(new Set(revsTaken())).toEqual(new Set([2]));
    await alice.call(deleteMessage, { conversation, seq: 1 });
    const before = receiver.at(path).length;
    receiver.answer(path);
    await waitFor(() => revsTaken().length === 3, { what: 'all' });
    const taken = receiver
      .at(path)
      .slice(before)
      .map(({ body }) => body.data);
    expect(taken).toMatchObject([
      { rev: 2, data: { content: '' } },
      { rev: 3, data: { content: 'kept' } },
      { rev: 4, type: 'message.deleted' },
    ]);
    const ids = receiver.at(path).map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(3);
  });

  it('lists what was given up, and delivers it when it is replayed', async () => {
    const conversation = await makeGroup(stack, 'alice');
    const { id, path, revsTaken } = await add('--conversation', conversation.id);
    for (const content of ['one', 'two', 'three']) await stack.as('alice').send({ conversation, content });
    await waitFor(() => revsTaken().length === 3, { what: 'all' });
    const letter = {
      webhookId: id,
      conversationId: conversation.id,
      type: 'message.sent',
      reason: 'answered 500',
    };
    for (const rev of [2, 3]) await database.webhooks.deadLetters.keep({ ...letter, rev, at: new Date() });
    expect(await stateOf(id)).toContain('2 dead letters');
    expect(await webhooks('dead-letters', id)).toEqual([
      expect.stringMatching(new RegExp(`^${conversation.id} +2  message\\.sent .*answered 500$`)),
      expect.stringMatching(new RegExp(`^${conversation.id} +3  message\\.sent .*answered 500$`)),
    ]);
    await webhooks('replay', id, conversation.id, '--from', '3');
    await waitFor(() => receiver.at(path).length === 5, { what: 'the replay' });
    expect(receiver.at(path).map(({ body }) => body.data.rev)).toEqual([2, 3, 4, 3, 4]);
    const [, second, , again] = receiver.at(path);
    expect(again?.headers['webhook-id']).toBe(second?.headers['webhook-id']);
    expect(await stateOf(id)).toContain('1 dead letter');
  });

  it.each([
    [['add', 'http://10.1.2.3/hook'], 2, '10.1.2.3 is no public address'],
    [['add', 'http://[::1]:80/'], 2, '::1 is no public address'],
    [['add', 'https://alice:secret@example.com/'], 2, 'no credentials'],
    [['add', 'ftp://example.com/'], 2, 'must begin with'],
    [['add', 'http://nobody.invalid/'], 2, 'could not be looked up'],
    [['add', 'http://127.0.0.1/', '--conversation', 'lunch'], 2, 'conversationId: Must be an id'],
    [['add', 'http://127.0.0.1/', '--conversation', nobody()], 1, 'There is no such conversation'],
    [['remove', nobody()], 1, 'There is no such webhook'],
    [['dead-letters', nobody()], 1, 'There is no such webhook'],
    [['replay', nobody(), nobody(), '--from', '1'], 1, 'There is no such webhook'],
    [['replay', nobody(), nobody(), '--from', 'one'], 2, 'from: '],
  ])('%j is refused', async (args, exitCode, why) => {
    const refusal = await webhooks(...args).catch((error: unknown) => error);
    expect(String(refusal)).toContain(why);
    expect((refusal as { exitCode?: number }).exitCode ?? 2).toBe(exitCode);
  });

  it('replays no more than there is', async () => {
    const [conversation, other] = [await makeGroup(stack, 'alice'), await makeGroup(stack, 'alice')];
    const { id } = await add('--conversation', conversation.id);
    const replay = (of: { id: string }, from: number) => webhooks('replay', id, of.id, '--from', `${from}`);
    await expect(replay(conversation, 2)).rejects.toThrow('no rev beyond 1');
    await expect(replay(other, 1)).rejects.toThrow('for another conversation');
  });
});

/** Of a NATS that stores events and hands out none, as if it lost each of them. */
const losingEvents =
  'authorization: { users: [{ user: a, password: b, permissions: { publish: { deny: "$JS.API.CONSUMER.>" } } }] }';

describe('where NATS loses events', () => {
  let folder: string;
  let broker: NatsBroker;
  let stack: Stack;
  let database: Awaited<ReturnType<typeof openDatabase>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'natter-webhooks-'));
    await writeFile(join(folder, 'nats.conf'), losingEvents);
    broker = await NatsBroker.create({ extra: ['-c', join(folder, 'nats.conf')] });
    await broker.start();
    stack = await openStack({ NATS_URL: broker.url.replace('//', '//a:b@') });
    await stack.start({ WEBHOOK_ALLOW_PRIVATE: '127.0.0.0/8' });
    database = await openDatabase(stack.settings);
  });
  afterAll(async () => {
    await stack.stop();
    await database.close();
    await broker[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  it('webhooks get what happened', async () => {
    const receiver = await Receiver.open();
    try {
      const conversation = await makeGroup(stack, 'alice');
      const webhook = { url: receiver.url('/'), conversationId: conversation.id };
      const context = { requestId: 'r', deadline: Deadline.in(60_000) };
      const { id } = await stack.bus.call(addWebhook, webhook, context);
      const rests = async () => (await database.webhooks.queues.summarize(id)).waiting === 0;
      await waitFor(rests, { what: 'the webhook to have nothing to do' });
      await stack.as('alice').send({ conversation, content: 'hello' });
      await waitFor(() => receiver.at('/').length > 0, { what: 'the entry' });
    } finally {
      await receiver.close();
    }
  });

  it('the search finds what was said, and what it was changed to, a minute later', async () => {
    const { id } = await makeGroup(stack, 'alice');
    const [alice, conversation] = [stack.as('alice'), { id }];
    for (const content of ['okapi', 'quagga']) await alice.send({ conversation, content });
    await alice.call(editMessage, { conversation, seq: 2, content: 'zebra' });
    const published = async () => (await database.log.countMarked(1)) === 0;
    await waitFor(published, { what: 'NATS to have all events' });
    const found = async (word: string) =>
      (await database.search.findIn(id, [word], 100, 100)).map(({ seq }) => seq);
    const finds = () => Promise.all(['okapi', 'quagga', 'zebra'].map(found));
    expect(await finds()).toEqual([[], [], []]);
    await ageEntries(database, id);
    const isFound = async () => {
      await forgetSecondLook(database);
      return (await found('zebra')).length > 0;
    };
    await waitFor(isFound, { what: 'the search to know of them' });
    expect(await finds()).toEqual([[1], [], [2]]);
  });
});

function nobody(): string {
  return '00000000-0000-0000-0000-000000000000';
}

describe('the storage of webhooks', () => {
  let database: Awaited<ReturnType<typeof openDatabase>>;
  beforeAll(async () => {
    database = await openDatabase();
  });
  afterAll(() => database.close());

  const inMemory = {
    webhooks: new MemoryWebhooks(),
    queues: new MemoryWebhookQueues(),
    deadLetters: new MemoryWebhookDeadLetters(),
  };
  describeWebhookStores('in memory', () => inMemory);
  describeWebhookStores('in MongoDB', () => database.webhooks);
});

describeWebhookClient();
