import { describe, expect, it } from '@jest/globals';
import { created, sent } from '../../tests/_entries.ts';
import type { Entry } from '../domain/entry.ts';
import { memoryDatabase, send } from './_fixtures.ts';
import { Relay } from './relay.ts';
import { Sweeper } from './sweeper.ts';

/** A database with one sent message that nobody relayed, and what sweeps it. */
async function leftBehind(publish: (entry: Entry) => Promise<void>) {
  const { log, projections, writer } = memoryDatabase();
  const one = writer();
  await one.execute(send());
  const failures: unknown[] = [];
  const relay = new Relay({ log, publish, onFailure: (error) => failures.push(error) });
  const sweeper = new Sweeper({ log, relay, restore: (entries) => one.restore(entries) });
  return { log, projections, relay, sweeper, failures };
}

describe('Sweeper', () => {
  it('publishes what carries its mark at two sweeps in a row, and unmarks it', async () => {
    const published: number[] = [];
    const { log, relay, sweeper } = await leftBehind(async ({ rev }) => void published.push(rev));
    expect(await sweeper.sweep()).toBe(0);
    expect(await sweeper.sweep()).toBe(2);
    await relay.idle();
    expect(published).toEqual([1, 2]);
    expect(await log.readMarked(10)).toEqual([]);
  });

  it('leaves alone what the relay has in hand', async () => {
    const { log, relay, sweeper } = await leftBehind(() => new Promise(() => undefined));
    relay.add(await log.readMarked(10));
    await sweeper.sweep();
    expect(await sweeper.sweep()).toBe(0);
  });

  it('keeps the mark, and tries again, where publishing failed', async () => {
    let reachable = false;
    const { log, relay, sweeper, failures } = await leftBehind(() =>
      reachable ? Promise.resolve() : Promise.reject(new Error('no messenger')),
    );
    await sweeper.sweep();
    await sweeper.sweep();
    await relay.idle();
    expect(failures).toHaveLength(1);
    expect(await log.readMarked(10)).toHaveLength(2);
    reachable = true;
    expect(await sweeper.sweep()).toBe(2);
    await relay.idle();
    expect(await log.readMarked(10)).toEqual([]);
  });

  it('brings the projections up to what was left behind', async () => {
    const { log, writer, projections } = memoryDatabase();
    await log.append([created('c1'), sent('c1', 2)]);
    const relay = new Relay({ log, publish: () => Promise.resolve(), onFailure: () => undefined });
    const sweeper = new Sweeper({ log, relay, restore: (left) => writer().restore(left) });
    await sweeper.sweep();
    await sweeper.sweep();
    expect(await projections.findConversation('c1')).toMatchObject({ rev: 2, seq: 1 });
    const key = { conversationId: 'c1', userId: 'alice' };
    expect(await projections.findReadMarkers([key])).toEqual([{ ...key, readSeq: 1 }]);
  });

  it('brings messages up to the changes that were left behind, and leaves no deleted text', async () => {
    const { log, writer, projections } = memoryDatabase();
    for (const command of [send(), send()]) await writer().execute(command);
    await log.unmark(await log.readMarked(10));
    const head = { conversationId: 'c1', seq: 2, actorId: 'alice', at: new Date(1) };
    const edited = { type: 'message.edited' as const, data: { seq: 1, content: 'hello!', mentions: [] } };
    await log.append([
      { ...head, id: 'e4', rev: 4, ...edited },
      { ...head, id: 'e5', rev: 5, type: 'message.deleted', data: { seq: 2 } },
    ]);
    const relay = new Relay({ log, publish: () => Promise.resolve(), onFailure: () => undefined });
    const sweeper = new Sweeper({ log, relay, restore: (left) => writer().restore(left) });
    await sweeper.sweep();
    await sweeper.sweep();
    expect(await projections.readMessages('c1', 1, 2)).toMatchObject([
      { rev: 4, content: 'hello!', edited: new Date(1) },
      { rev: 5, content: '', deleted: new Date(1) },
    ]);
    expect(await projections.findConversation('c1')).toMatchObject({ rev: 5, seq: 2 });
    const texts = (await log.readAfter('c1', 1, 2)).map(({ data }) => data);
    expect(texts).toMatchObject([{ content: 'hello' }, { content: '' }]);
  });

  it('lets a conversation that cannot be restored hold up no other', async () => {
    const { log, writer } = memoryDatabase();
    await log.append([sent('orphan', 2), created('c1'), sent('c1', 2)]);
    const published: string[] = [];
    const relay = new Relay({
      log,
      publish: async ({ conversationId }) => void published.push(conversationId),
      onFailure: () => undefined,
    });
    const sweeper = new Sweeper({ log, relay, restore: (left) => writer().restore(left) });
    await sweeper.sweep();
    await expect(sweeper.sweep()).rejects.toThrow('Entry 2 of conversation orphan follows rev 0');
    await relay.idle();
    expect(published).toEqual(['c1', 'c1']);
  });
});
