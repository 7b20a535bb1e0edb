import { expect, it } from '@jest/globals';
import type { Entry } from '@natter/contracts';
import { Feeds } from './feeds.ts';
import type { OpenStream } from './open-stream.ts';
import { UserFeed } from './user-feed.ts';

const conversationId = 'c';

const entryAt = (rev: number, over: object = { type: 'message.sent', data: {} }) =>
  ({ conversationId, rev, ...over }) as unknown as Entry;

it('tells whoever comes late alone one time after the other, however many attempts wait', async () => {
  const removal = { type: 'member.removed', data: { userId: 'late' } };
  const log = [entryAt(3, removal), entryAt(4), entryAt(5)];
  let [reading, most] = [0, 0];
  const feeds = new Feeds({
    readOn: async (_id, after) => {
      reading += 1;
      most = Math.max(most, reading);
      await new Promise((resolve) => setImmediate(resolve));
      reading -= 1;
      return { entries: log.filter(({ rev }) => rev > after), rev: 5 };
    },
    onCame: () => undefined,
    onWent: () => undefined,
    onLost: (_user, error) => {
      throw error;
    },
  });
  const position = { kind: 'changes', epoch: 'e', at: 0, revs: {} } as const;
  const [early, late] = ['early', 'late'].map((id) => new UserFeed(id, () => 'cursor')) as [
    UserFeed,
    UserFeed,
  ];
  for (const user of [early, late]) {
    user.begin(position);
    feeds.addUser(user);
  }
  const told: number[] = [];
  late.add({ deliver: ({ entry }: { entry: Entry }) => void told.push(entry.rev) } as unknown as OpenStream);
  await feeds.follow(early, conversationId, 5);
  await Promise.all([1, 2, 3].map(() => feeds.follow(late, conversationId, 2)));
  expect([most, told]).toEqual([1, [3]]);
});

it('loses whoever comes late where what they missed can not be read, and nobody else', async () => {
  const lost: string[] = [];
  const feeds = new Feeds({
    readOn: async () => {
      throw new Error('away');
    },
    onCame: () => undefined,
    onWent: () => undefined,
    onLost: (user) => {
      lost.push(user.id);
      feeds.removeUser(user);
    },
  });
  const users = ['early', 'late'].map((id) => new UserFeed(id, () => 'cursor'));
  for (const user of users) {
    user.add({} as OpenStream);
    feeds.addUser(user);
  }
  const [early, late] = users as [UserFeed, UserFeed];
  await feeds.follow(early, conversationId, 5);
  await Promise.all([1, 2].map(() => feeds.follow(late, conversationId, 2)));
  expect(lost).toEqual(['late']);
});

it('goes on with a conversation whose last user leaves while somebody who comes late is told of it', async () => {
  const reading = Promise.withResolvers<void>();
  const wanted: string[] = [];
  const feeds = new Feeds({
    readOn: async (_id, after) => {
      await reading.promise;
      return { entries: [3, 4, 5].filter((rev) => rev > after).map((rev) => entryAt(rev)), rev: 5 };
    },
    onCame: () => void wanted.push('came'),
    onWent: () => void wanted.push('went'),
    onLost: (_user, error) => {
      throw error;
    },
  });
  const [early, late] = ['early', 'late'].map((id) => new UserFeed(id, () => 'cursor')) as [
    UserFeed,
    UserFeed,
  ];
  for (const user of [early, late]) {
    user.begin({ kind: 'changes', epoch: 'e', at: 0, revs: {} });
    feeds.addUser(user);
  }
  const told: number[] = [];
  late.add({ deliver: ({ entry }: { entry: Entry }) => void told.push(entry.rev) } as unknown as OpenStream);
  await feeds.follow(early, conversationId, 5);
  const following = feeds.follow(late, conversationId, 2);
  feeds.removeUser(early);
  reading.resolve();
  await following;
  feeds.offer(entryAt(6));
  expect([told, wanted]).toEqual([[3, 4, 5, 6], ['came']]);
  feeds.removeUser(late);
  expect(wanted).toEqual(['came', 'went']);
});
