import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { listConversations, readLog } from '@natter/contracts';
import { waitFor } from '@natter/testkit';
import { openArchives } from '../src/operator/open-archives.ts';
import { restored } from '../src/operator/restored.ts';
import type { MessagingService } from '../src/service.ts';
import { MongoLogEpochs } from '../src/storage/mongo-log-epochs.ts';
import { backUp } from './_backup.ts';
import { openDatabase } from './_database.ts';
import { makeGroup, readWholeLog } from './_groups.ts';
import { askAll } from './_replicas.ts';
import { openStack, type Stack } from './_stack.ts';

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

describe('the epoch of the logs, on two messaging services', () => {
  let stack: Stack;
  let services: MessagingService[];
  let conversation: { id: string };

  beforeAll(async () => {
    stack = await openStack();
    services = await Promise.all([stack.start(), stack.start()]);
  });
  afterAll(() => stack.stop());

  beforeEach(async () => {
    conversation = await makeGroup(stack, 'alice', 'bob');
  });

  const epochInLog = async () =>
    (await stack.as('bob').call(readLog, { conversation, after: 0, limit: 1 })).page.epoch;

  /** `npm run natter -- restored`. */
  async function tellRestored(): Promise<void> {
    const { MONGODB_URL, MONGODB_DATABASE } = stack.settings;
    const context = {
      environment: () => ({ MONGODB_URL, MONGODB_DATABASE }),
      say: () => undefined,
      progress: () => undefined,
      fail: () => undefined,
    };
    const archives = await openArchives(context);
    await restored(archives.epochs, context);
    await archives.close();
  }

  it('is one for all, and is told wherever numbers are', async () => {
    const [epoch, ...others] = unique(await askAll(epochInLog));
    expect(others).toEqual([]);
    const bob = stack.as('bob');
    const { page } = await bob.messages({ conversation, limit: 1 });
    const { epoch: ofConversation, messages } = await bob.conversation({ conversation, limit: 1 });
    const { conversations } = await bob.call(listConversations, { limit: 1 });
    const told = [page.epoch, ofConversation, messages.page.epoch, conversations[0]?.epoch];
    expect(told).toEqual([epoch, epoch, epoch, epoch]);
  });

  it('is another everywhere soon after the operator has told of a restore', async () => {
    const before = await epochInLog();
    await tellRestored();
    const asked = async () => unique(await askAll(epochInLog));
    await waitFor(async () => !(await asked()).includes(before), { what: 'another epoch on both' });
    expect(await asked()).toHaveLength(1);
  });

  it('tells a client that a rev which it has read is another entry now', async () => {
    const read = async () => ({
      epoch: await epochInLog(),
      log: await readWholeLog(stack, 'bob', conversation),
    });
    const restore = await backUp(stack.settings);
    await stack.as('alice').send({ conversation, content: 'lost' });
    const kept = await read();
    await Promise.all(services.map((service) => service.stop()));
    await restore();
    await tellRestored();
    await stack.start();
    await stack.as('alice').send({ conversation, content: 'another' });
    const now = await read();
    expect(now.log.map(({ rev }) => rev)).toEqual(kept.log.map(({ rev }) => rev));
    expect(now.log).not.toEqual(kept.log);
    expect(now.epoch).not.toBe(kept.epoch);
  });
});

describe('the epoch of the logs, in MongoDB', () => {
  it('is begun by one of many that start at once, and stays until another is begun', async () => {
    const { connection, close } = await openDatabase();
    const epochs = new MongoLogEpochs(connection);
    const [first, ...others] = unique(await Promise.all(Array.from({ length: 8 }, () => epochs.current())));
    expect(others).toEqual([]);
    expect(await epochs.current()).toBe(first);
    const next = await epochs.begin();
    expect(next).not.toBe(first);
    expect(await epochs.current()).toBe(next);
    await close();
  });
});
