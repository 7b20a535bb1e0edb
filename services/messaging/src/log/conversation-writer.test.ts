import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it } from '@jest/globals';
import { NatterError } from '@natter/contracts';
import type { Entry } from '../domain/entry.ts';
import type { State } from '../domain/state.ts';
import { memoryDatabase, send, upTo } from './_fixtures.ts';
import type { Command } from './command.ts';
import type { ConversationWriter } from './conversation-writer.ts';

const unknown = () => new NatterError('outcome_unknown');

const away = () => Promise.reject(new NatterError('service_unavailable'));

/** Every writer in turn. */
const inTurn = (writers: readonly ConversationWriter[], count: number, command: (n: number) => Command) =>
  Promise.all(upTo(count).flatMap((n) => writers[n % writers.length]?.execute(command(n)) ?? []));

describe('ConversationWriter', () => {
  it('founds a direct conversation by its first message', async () => {
    const database = memoryDatabase();
    const { entry, replayed } = await database.writer().execute(send());
    expect({ rev: entry?.rev, seq: entry?.seq, replayed }).toEqual({ rev: 2, seq: 1, replayed: false });
  });

  it('numbers what many writers send to one conversation without a hole', async () => {
    const database = memoryDatabase();
    const writers = [database.writer(), database.writer(), database.writer()];
    const outcomes = await inTurn(writers, 300, () => send());
    const seqs = outcomes.map(({ entry }) => entry?.seq ?? 0);
    expect(seqs.toSorted((one, other) => one - other)).toEqual(upTo(300));
    expect(await database.revs()).toEqual(upTo(301));
  });

  it('reads and appends in the context of a command that it is for, however long others keep it busy', async () => {
    const database = memoryDatabase();
    const trace = new AsyncLocalStorage<string>();
    const seen: string[] = [];
    const writer = database.writer({
      append: async (entries) => {
        seen.push(`append in ${trace.getStore()}`);
        return await database.log.append(entries);
      },
      readChanges: async (...message) => {
        seen.push(`read in ${trace.getStore()}`);
        return await database.log.readChanges(...message);
      },
    });
    await Promise.all([
      trace.run('one', () => writer.execute(send())),
      trace.run('two', () => writer.execute(send({ replyTo: 1 }))),
    ]);
    expect(seen).toEqual(['append in one', 'read in two', 'append in two']);
  });

  it('keeps many conversations apart', async () => {
    const database = memoryDatabase();
    const writers = [database.writer(), database.writer()];
    await inTurn(writers, 100, (n) => send({ conversationId: `c${n % 5}` }));
    for (const id of ['c0', 'c1', 'c2', 'c3', 'c4']) expect(await database.seqs(id)).toEqual(upTo(20));
  });

  it('gives copies of one keyed send one message and one answer, through whichever writer', async () => {
    const database = memoryDatabase();
    const writers = [database.writer(), database.writer()];
    const outcomes = await inTurn(writers, 50, () => send({ key: 'k1' }));
    expect(new Set(outcomes.map(({ entry }) => entry?.id)).size).toBe(1);
    expect(outcomes.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await database.seqs()).toEqual([1]);
  });

  it('answers a repeat long after with the original', async () => {
    const database = memoryDatabase();
    const first = await database.writer().execute(send({ key: 'k1' }));
    await database.writer().execute(send());
    const { entry, replayed } = await database.writer().execute(send({ key: 'k1' }));
    expect({ id: entry?.id, replayed }).toEqual({ id: first.entry?.id, replayed: true });
  });

  it('refuses a key that comes again with another body, at once or later', async () => {
    const database = memoryDatabase();
    const writer = database.writer();
    const [, second] = await Promise.allSettled([
      writer.execute(send({ key: 'k1', content: 'one' })),
      writer.execute(send({ key: 'k1', content: 'two' })),
    ]);
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'idempotency_key_reused' } });
    const later = writer.execute(send({ key: 'k1', content: 'three' }));
    await expect(later).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    expect(await database.seqs()).toEqual([1]);
  });

  it('holds the keys of different people apart', async () => {
    const database = memoryDatabase();
    const writer = database.writer();
    await writer.execute(send({ key: 'k1' }));
    const { replayed } = await writer.execute(send({ key: 'k1', actorId: 'bob' }));
    expect(replayed).toBe(false);
  });

  it('finds its own entry again when the answer of an append was lost', async () => {
    const database = memoryDatabase();
    let lost = 0;
    const writer = database.writer({
      append: async (entries) => {
        const count = await database.log.append(entries);
        lost += 1;
        if (lost === 1) throw unknown();
        return count;
      },
    });
    const outcomes = await Promise.all([writer.execute(send()), writer.execute(send())]);
    expect(outcomes.map(({ entry, replayed }) => [entry?.seq, replayed])).toEqual([
      [1, false],
      [2, false],
    ]);
    expect(await database.seqs()).toEqual([1, 2]);
  });

  it('tries again when an append that was not answered did not happen', async () => {
    const database = memoryDatabase();
    let calls = 0;
    const writer = database.writer({
      append: async (entries) => {
        calls += 1;
        if (calls === 1) throw unknown();
        return await database.log.append(entries);
      },
    });
    expect((await writer.execute(send())).entry?.seq).toBe(1);
    expect(await database.seqs()).toEqual([1]);
  });

  it('is not fooled by an append that arrives after it was given up', async () => {
    const database = memoryDatabase();
    let late: readonly Entry[] | undefined;
    const writer = database.writer({
      append: async (entries) => {
        if (late === undefined) {
          late = entries;
          throw unknown();
        }
        await database.log.append(late);
        return await database.log.append(entries);
      },
    });
    const { entry, replayed } = await writer.execute(send());
    expect({ seq: entry?.seq, replayed }).toEqual({ seq: 1, replayed: false });
    expect(await database.seqs()).toEqual([1]);
  });

  it('finds its own first entry again, though others wrote and projected more since', async () => {
    const database = memoryDatabase();
    let appends = 0;
    const writer = database.writer({
      append: async (entries) => {
        appends += 1;
        const count = await database.log.append(entries);
        if (appends > 1) return count;
        await database.writer().execute(send());
        throw unknown();
      },
    });
    const { entry, replayed } = await writer.execute(send());
    expect({ seq: entry?.seq, replayed, appends }).toEqual({ seq: 1, replayed: false, appends: 1 });
  });

  it('does not say that nothing happened when an unanswered append may land after a refusal', async () => {
    const database = memoryDatabase();
    const command = send();
    let tries = 0;
    const writer = database.writer({ append: () => Promise.reject(unknown()) });
    const refusedLater = {
      ...command,
      decide: (state: State) => {
        tries += 1;
        if (tries > 1) throw new NatterError('message_deleted');
        return command.decide(state);
      },
    };
    await expect(writer.execute(refusedLater)).rejects.toMatchObject({ code: 'outcome_unknown' });
  });

  it('does not refuse on what was decided in the same round but did not get in', async () => {
    const database = memoryDatabase();
    let appends = 0;
    const writer = database.writer({
      append: async (entries) => {
        appends += 1;
        if (appends === 1) throw unknown();
        if (appends === 2) return await away();
        return await database.log.append(entries);
      },
    });
    const third = send();
    const refusedAsThird = {
      ...third,
      decide: (state: State) => {
        if (state.conversation?.seq === 2) throw new NatterError('forbidden');
        return third.decide(state);
      },
    };
    const [first, second, last] = await Promise.allSettled([
      writer.execute(send()),
      writer.execute(send()),
      writer.execute(refusedAsThird),
    ]);
    expect([first, second]).toMatchObject([
      { reason: { code: 'outcome_unknown' } },
      { reason: { code: 'service_unavailable' } },
    ]);
    expect(last).toMatchObject({ value: { entry: { seq: 1 } } });
  });

  it('says that the outcome is unknown when the log can no more be asked', async () => {
    const database = memoryDatabase();
    let reachable = true;
    const writer = database.writer({
      append: () => {
        reachable = false;
        return Promise.reject(unknown());
      },
      readAfter: async (...args) => {
        if (!reachable) throw new NatterError('service_unavailable');
        return await database.log.readAfter(...args);
      },
    });
    await expect(writer.execute(send())).rejects.toMatchObject({ code: 'outcome_unknown' });
  });

  it('says that nothing happened when nothing was appended', async () => {
    const database = memoryDatabase();
    await expect(database.writer({ append: away }).execute(send())).rejects.toMatchObject({
      code: 'service_unavailable',
    });
    await expect(database.writer({ readAfter: away }).execute(send())).rejects.toMatchObject({
      code: 'service_unavailable',
    });
  });

  it('does not refuse on what it knew before others wrote', async () => {
    const database = memoryDatabase();
    const [here, elsewhere] = [database.writer(), database.writer()];
    await here.execute(send());
    await elsewhere.execute(send());
    const { entry } = await here.execute(send({ replyTo: 2 }));
    expect(entry?.seq).toBe(3);
  });

  it('answers a repeat as before, though the state would refuse it now', async () => {
    const database = memoryDatabase();
    const writer = database.writer();
    const first = await writer.execute(send({ key: 'k1' }));
    const repeat = {
      ...send({ key: 'k1' }),
      decide: () => {
        throw new NatterError('message_deleted');
      },
    };
    expect(await writer.execute(repeat)).toMatchObject({ entry: first.entry, replayed: true });
  });

  it('drops what nobody waits for any more', async () => {
    const database = memoryDatabase();
    const late = database.writer().execute(send({ deadline: { expired: true } }));
    await expect(late).rejects.toMatchObject({ code: 'service_unavailable' });
    expect(await database.revs()).toEqual([]);
  });

  it('shows what it acknowledged in the projections, and hands it to the relay', async () => {
    const database = memoryDatabase();
    const relayed: Entry[] = [];
    await database.writer({}, relayed).execute(send());
    expect(await database.projections.findConversation('c1')).toMatchObject({ rev: 2, seq: 1 });
    const alice = { conversationId: 'c1', userId: 'alice' };
    const bob = { conversationId: 'c1', userId: 'bob' };
    expect(await database.projections.findReadMarkers([alice, bob])).toEqual([{ ...alice, readSeq: 1 }]);
    expect(relayed.map(({ rev }) => rev)).toEqual([1, 2]);
  });

  it('lets no send wait for the trouble of another conversation', async () => {
    const database = memoryDatabase();
    const writer = database.writer({
      readAfter: (id, ...rest) =>
        id === 'stuck' ? new Promise(() => undefined) : database.log.readAfter(id, ...rest),
    });
    void writer.execute(send({ conversationId: 'stuck' }));
    expect((await writer.execute(send())).entry?.seq).toBe(1);
  });
});
