import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listConversations } from '@natter/contracts';
import { waitFor } from '@natter/testkit';
import mongoose from 'mongoose';
import { type Command, commandsDuring, monitored } from './_monitored.ts';
import { openStack, type Stack } from './_stack.ts';

const crowd = Array.from({ length: 110 }, (_, index) => `member-${index}`);

/** Collections that a service looks into every few seconds, whatever it is asked. */
const lookedAtAllTheTime = new Set(['logEpochs', 'secondLook', 'webhooks']);

/** It goes through entries by when they were made. */
const isOfSecondLook = ({ filter: { _id: id } = {} }: Command) => id?.$gt !== undefined;

describe('the list of conversations', () => {
  let stack: Stack;
  let client: mongoose.mongo.MongoClient;

  const send = (from: string, to: string) =>
    stack.as(from).sendUntilKnown({
      conversation: { with: to },
      content: `from ${from}`,
      clientMessageId: `from-${from}-to-${to}`,
    });

  beforeAll(async () => {
    stack = await openStack({ crowd });
    const writing = await stack.start();
    for (const name of crowd) {
      await send(name, 'alice');
      await send('alice', name);
    }
    const kept = mongoose.connections.find(({ name }) => name === stack.settings.MONGODB_DATABASE);
    await waitFor(async () => (await kept?.collection('search').countDocuments()) === 220, {
      what: 'the search to have heard of every message',
    });
    await writing.stop();
    // One that has nothing in its caches yet.
    await stack.start({ MONGODB_URL: monitored(stack.settings.MONGODB_URL) });
    const own = mongoose.connections.filter(({ name }) => name === stack.settings.MONGODB_DATABASE);
    client = own.at(-1)?.getClient() as typeof client;
  });
  afterAll(() => stack.stop());

  /** What the database is asked for somebody's list, but for what the service does at all times. */
  async function askedFor(who: string): Promise<{ asked: string[]; listed: number }> {
    let listed = 0;
    const commands = await commandsDuring(client, async () => {
      const { conversations } = await stack.as(who).call(listConversations, { limit: 200 });
      listed = conversations.length;
      expect(conversations.map(({ lastMessage }) => lastMessage?.seq)).not.toContain(undefined);
    });
    const asked = commands
      .filter(({ find, getMore, filter }) => (find ?? getMore) !== undefined && filter?.relay === undefined)
      .filter(({ find }) => !lookedAtAllTheTime.has(find))
      .filter((command) => !isOfSecondLook(command))
      .map(
        ({ find, getMore, collection }) =>
          `${getMore === undefined ? 'find' : 'getMore'} ${find ?? collection}`,
      );
    return { asked: asked.toSorted(), listed };
  }

  it('costs as many queries for 110 as for one', async () => {
    const one = await askedFor('member-0');
    const many = await askedFor('alice');
    expect([one.listed, many.listed]).toEqual([1, 110]);
    expect(one.asked).toEqual(['find conversations', 'find entries', 'find memberships', 'find profiles']);
    expect(many.asked).toEqual(one.asked);
  });
});
