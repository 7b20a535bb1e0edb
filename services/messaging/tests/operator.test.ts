import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { auditAll } from '../src/audit/audit-all.ts';
import { countDrift } from '../src/audit/count-drift.ts';
import type { Finding } from '../src/audit/finding.ts';
import type { ProjectionName } from '../src/operator/rebuild.ts';
import { rebuildUsers } from '../src/rebuild/rebuild-users.ts';
import { openOperator, sends, writeGroup } from './_operator.ts';

let operator: Awaited<ReturnType<typeof openOperator>>;
let writer: ReturnType<typeof operator.createWriter>;

beforeAll(async () => {
  operator = await openOperator();
  writer = operator.createWriter();
  await Promise.all(['g1', 'g2'].map((id) => writeGroup(writer, id)));
  for (const name of written.keys()) written.set(name, await collection(name).find().toArray());
});
afterAll(() => operator.close());

/** As two groups leave their collections behind, which each test begins with. */
const written = new Map<string, { _id: string }[]>(
  ['entries', 'conversations', 'memberships', 'search'].map((name) => [name, []]),
);

beforeEach(async () => {
  for (const [name, documents] of written) {
    await collection(name).deleteMany({});
    await collection(name).insertMany(documents);
  }
  writer = operator.createWriter();
});

const collection = (name: string) => operator.connection.collection<{ _id: string }>(name);

async function unmarkAll(): Promise<void> {
  await collection('entries').updateMany({}, { $unset: { relay: 1 } });
}

const update = (name: string, filter: object, change: object) => async () => {
  const { modifiedCount } = await collection(name).updateOne(filter, change);
  expect(modifiedCount).toBe(1);
};

const remove = (name: string, filter: object) => async () => {
  const { deletedCount } = await collection(name).deleteOne(filter);
  expect(deletedCount).toBe(1);
};

const insert = (name: string, document: { _id: string }) => async () => {
  await collection(name).insertOne(document);
};

/** Anew, because a server that keeps an old key of a changed document would hold it against what comes later. */
const replace = (name: string, filter: object, change: object) => async () => {
  const found = await collection(name).findOneAndDelete(filter);
  await collection(name).insertOne({ ...found, ...change } as { _id: string });
};

const g1 = { conversationId: 'g1' };
const message1 = { ...g1, type: 'message.sent', seq: 1 };

describe('check', () => {
  it('finds nothing where nothing is wrong', async () => {
    expect(await operator.check()).toEqual({
      findings: 0,
      report: 'Looked at 2 conversations: nothing is wrong.',
    });
  });

  it.each<[string, string, () => Promise<void>]>([
    ['a hole in rev', 'g1: rev 8 follows rev 6', remove('entries', { ...g1, rev: 7 })],
    [
      'a hole in seq',
      'g1: rev 3 has seq 7 where 2 comes next',
      replace('entries', { ...g1, rev: 3 }, { seq: 7 }),
    ],
    ['a lost beginning', 'g1: rev 2 is message.sent', remove('entries', { ...g1, rev: 1 })],
    [
      'an entry about a message that is not there',
      'g1: rev 6 is about message 99 of 4',
      update('entries', { ...g1, rev: 6 }, { $set: { 'data.seq': 99, about: 99 } }),
    ],
    [
      'an entry that stays unrelayed',
      'g1: rev 5',
      update('entries', { ...g1, rev: 5 }, { $set: { relay: true } }),
    ],
    [
      'the text of a deleted message',
      'g1: message 2 has one at rev 3',
      update('entries', { ...g1, rev: 3 }, { $set: { 'data.content': 'secret' } }),
    ],
    ['a missing conversation', 'g1: is missing', remove('conversations', { _id: 'g1' })],
    [
      'a conversation that differs',
      'g1: differs at rev 9 in title',
      update('conversations', { _id: 'g1' }, { $set: { title: 'Other' } }),
    ],
    [
      'a conversation whose count of members is wrong',
      'g1: differs at rev 9 in memberCount',
      update('conversations', { _id: 'g1' }, { $set: { memberCount: 5 } }),
    ],
    [
      'a conversation at a rev that its log does not have',
      'g1: stands at rev 99, which its log does not have',
      update('conversations', { _id: 'g1' }, { $set: { rev: 99 } }),
    ],
    [
      'a conversation without a log',
      'stray: has no log',
      insert('conversations', { _id: 'stray', rev: 1 } as { _id: string }),
    ],
    [
      'a message that differs',
      'g1: message 1 differs at rev 6 in content',
      update('entries', message1, { $set: { 'current.content': 'Other' } }),
    ],
    [
      'a message that stays behind',
      'g1: message 1 stays at rev 2',
      update('entries', message1, { $unset: { current: 1 } }),
    ],
    ['a missing membership', 'g1: that of bob is missing', remove('memberships', { _id: 'g1:bob' })],
    [
      'a marker below what entries show',
      'g1: that of carol stays at 1, below the log',
      update('memberships', { _id: 'g1:carol' }, { $set: { readSeq: 1 } }),
    ],
    [
      'a marker beyond the last message',
      'g1: that of carol is at 9, beyond the last message',
      update('memberships', { _id: 'g1:carol' }, { $set: { readSeq: 9 } }),
    ],
    [
      'a membership of nobody',
      'g1: that of dave is of nobody who was ever a member',
      insert('memberships', { _id: 'g1:dave', ...g1, userId: 'dave', readSeq: 0 } as { _id: string }),
    ],
    [
      'a message that is not in the search',
      'g1: that of message 1 is missing',
      remove('search', { _id: 'g1:1' }),
    ],
    [
      'a message that the search knows by other words',
      'g1: that of message 1 differs at rev 6 in terms',
      update('search', { _id: 'g1:1' }, { $set: { terms: ['other'] } }),
    ],
    [
      'a deleted message that the search did not hear of',
      'g1: that of message 2 differs at rev 3 in terms',
      update('search', { _id: 'g1:2' }, { $set: { rev: 3, terms: ['hello'] } }),
    ],
    [
      'something in the search that is no message',
      'g1: that of message 77 is of none',
      insert('search', { _id: 'g1:77', ...g1, seq: 77, rev: 1, terms: [] } as { _id: string }),
    ],
  ])('names %s', async (_, named, damage) => {
    await damage();
    const { findings, report } = await operator.check();
    expect(report.split('\n').map((line) => line.trim())).toContain(named);
    expect(findings).toBeGreaterThan(0);
    expect(report).not.toMatch(/^ {2}g2:/m);
  });

  it('names a rev that is there twice', async () => {
    const indexes = await collection('entries').indexes();
    const { key, name } = indexes.find((index) => index.name === 'conversationId_1_rev_1') ?? {};
    await collection('entries').dropIndex(String(name));
    try {
      const [entry] = await collection('entries')
        .find({ ...g1, rev: 6 })
        .toArray();
      await collection('entries').insertOne({ ...entry, _id: 'twin' });
      expect((await operator.check()).report).toContain('g1: rev 6 is there more than once');
      await collection('entries').deleteOne({ _id: 'twin' });
    } finally {
      await collection('entries').createIndex(key as Record<string, 1>, { name: String(name), unique: true });
    }
  });

  it('believes a founder who has read, and never written', async () => {
    await operator.projections.markRead({ ...g1, userId: 'erin', readSeq: 3 });
    expect(await operator.check()).toMatchObject({ findings: 0 });
  });

  it('does not name what is gone at another look', async () => {
    await update('entries', { ...g1, rev: 5 }, { $set: { relay: true } })();
    const found: Finding[] = [];
    // Told of a part once it was read: the first look has seen the mark.
    const { archives } = operator;
    await auditAll({
      archives,
      onRead: unmarkAll,
      lookAgainAfterMs: 1,
      onFinding: (finding) => found.push(finding),
    });
    expect(found).toEqual([]);
  });
});

describe('rebuild', () => {
  const projections: [ProjectionName, string][] = [
    ['conversations', 'conversations'],
    ['memberships', 'memberships'],
    ['search', 'search'],
    ['messages', 'entries'],
  ];

  it.each(projections)('leaves %s that are right as they are', async (projection, name) => {
    const before = await operator.dump(name);
    expect(await operator.rebuild(projection)).toBe(0);
    expect(operator.said.at(-1)).toBe('Looked at 2 conversations; 0 had to be put right.');
    expect(await operator.dump(name)).toEqual(before);
  });

  it.each(projections.slice(0, 3))('makes %s as they were from nothing', async (projection, name) => {
    const before = await operator.dump(name);
    await collection(name).drop();
    expect(await operator.rebuild(projection)).toBe(0);
    expect(await operator.dump(name)).toEqual(before);
    expect(await operator.check()).toMatchObject({ findings: 0 });
  });

  it.each<[ProjectionName, string, string, () => Promise<void>]>([
    [
      'conversations',
      'conversations',
      'a title',
      update('conversations', { _id: 'g1' }, { $set: { title: 'Other' } }),
    ],
    [
      'conversations',
      'conversations',
      'a rev too high',
      update('conversations', { _id: 'g1' }, { $set: { rev: 99 } }),
    ],
    [
      'conversations',
      'conversations',
      'a rev too low',
      update('conversations', { _id: 'g1' }, { $set: { rev: 2 } }),
    ],
    [
      'conversations',
      'conversations',
      'no rev',
      update('conversations', { _id: 'g1' }, { $unset: { rev: 1 } }),
    ],
    [
      'conversations',
      'conversations',
      'a stray',
      insert('conversations', { _id: 'stray', rev: 1 } as { _id: string }),
    ],
    ['messages', 'entries', 'a text', update('entries', message1, { $set: { 'current.content': 'Other' } })],
    ['messages', 'entries', 'no state', update('entries', message1, { $unset: { current: 1 } })],
    ['messages', 'entries', 'a rev too high', update('entries', message1, { $set: { 'current.rev': 99 } })],
    [
      'messages',
      'entries',
      'the text of a deleted one',
      update('entries', { ...g1, rev: 3 }, { $set: { 'data.content': 'secret' } }),
    ],
    [
      'memberships',
      'memberships',
      'a marker too low',
      update('memberships', { _id: 'g1:carol' }, { $set: { readSeq: 1 } }),
    ],
    [
      'memberships',
      'memberships',
      'a wrong user',
      update('memberships', { _id: 'g1:carol' }, { $set: { userId: 'bob' } }),
    ],
    [
      'memberships',
      'memberships',
      'a stranger',
      insert('memberships', { _id: 'g1:dave', ...g1, userId: 'dave', readSeq: 0 } as { _id: string }),
    ],
    ['search', 'search', 'other words', update('search', { _id: 'g1:1' }, { $set: { terms: ['other'] } })],
    ['search', 'search', 'a rev too high', update('search', { _id: 'g1:1' }, { $set: { rev: 99 } })],
    [
      'search',
      'search',
      'a stray',
      insert('search', { _id: 'g1:77', ...g1, seq: 77, rev: 1, terms: [] } as { _id: string }),
    ],
  ])('puts %s (%s) right again: %s', async (projection, name, _, damage) => {
    const before = await operator.dump(name);
    await damage();
    expect(await operator.dump(name)).not.toEqual(before);
    expect(await operator.rebuild(projection)).toBe(0);
    expect(operator.said.at(-1)).toMatch(/; 1 had to be put right\.$/);
    expect(await operator.dump(name)).toEqual(before);
  });

  it('keeps a marker that stands further than the log shows', async () => {
    await operator.projections.markRead({ ...g1, userId: 'bob', readSeq: 4 });
    await operator.projections.markRead({ ...g1, userId: 'erin', readSeq: 3 });
    const before = await operator.dump('memberships');
    await update('memberships', { _id: 'g1:alice' }, { $set: { readSeq: 0 } })();
    await operator.rebuild('memberships');
    expect(await operator.dump('memberships')).toEqual(before);
  });

  it('tells of a log that has a hole, and puts the others right', async () => {
    await remove('entries', { ...g1, rev: 7 })();
    await update('conversations', { _id: 'g2' }, { $set: { title: 'Other' } })();
    expect(await operator.rebuild('conversations')).toBe(1);
    expect(operator.said).toContain(
      "g1 could not be put right: Its log can't be folded: rev 8 follows rev 6",
    );
    expect(await operator.projections.findConversation('g2')).toMatchObject({ title: 'Group' });
  });

  it('comes out right while writers go on all the time', async () => {
    const stopping = new AbortController();
    const writing = ['g1', 'g2'].map(async (id) => {
      for (let n = 1; !stopping.signal.aborted; n += 1) await sends(writer, id, 'alice', `more ${n}`);
    });
    await collection('conversations').deleteMany({});
    await collection('memberships').deleteMany({});
    await collection('search').deleteMany({});
    await collection('entries').updateMany({}, { $unset: { current: 1 } });
    for (const [projection] of projections) expect(await operator.rebuild(projection)).toBe(0);
    stopping.abort();
    await Promise.all(writing);
    await writer.settled();
    expect(await operator.check()).toEqual({
      findings: 0,
      report: 'Looked at 2 conversations: nothing is wrong.',
    });
    expect(await operator.projections.findConversation('g1')).toMatchObject({ title: 'Group' });
  });
});

const profile = (id: string, version: number, displayName = id) => ({
  id,
  username: id,
  displayName,
  version,
  deleted: false,
  receipts: 'shared' as const,
  created: new Date('2026-01-01T00:00:00.000Z'),
});

describe('rebuild users', () => {
  const discreet = { ...profile('dave', 1), receipts: 'private' as const };
  const known = [profile('alice', 2), profile('bob', 3), profile('carol', 1), discreet];
  const origin = {
    async *all() {
      yield known;
    },
    byIds: async (ids: readonly string[]) => known.filter(({ id }) => ids.includes(id)),
  };

  it('makes the profiles what the users service has, whatever stands there', async () => {
    const { profiles } = operator.archives;
    const alice = profile('alice', 2, 'Other');
    await operator.profiles.save([alice, profile('bob', 9), profile('stray', 1), profile('dave', 1)]);
    const done: boolean[] = [];
    const failed: string[] = [];
    await rebuildUsers(profiles, origin, {
      onDone: (repaired) => done.push(repaired),
      onFailure: (id) => failed.push(id),
    });
    expect(await profiles.find(['alice', 'bob', 'carol', 'dave', 'stray'])).toEqual(
      expect.arrayContaining(known),
    );
    expect(await operator.dump('profiles')).toHaveLength(4);
    expect([done, failed]).toEqual([[true, true, true, true, true], []]);
  });
});

describe('the metric of drift', () => {
  it('counts what differs by projection', async () => {
    await update('conversations', { _id: 'g1' }, { $set: { title: 'Other' } })();
    await remove('memberships', { _id: 'g1:bob' })();
    await update('entries', message1, { $unset: { current: 1 } })();
    const counts = await countDrift(operator.archives, AbortSignal.timeout(60_000));
    expect(counts).toEqual({ conversations: 1, memberships: 1, messages: 1, search: 0 });
  });

  it('ends at once when the service stops', async () => {
    await expect(countDrift(operator.archives, AbortSignal.abort())).rejects.toThrow('aborted');
  });
});
