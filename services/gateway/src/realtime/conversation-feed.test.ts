import { expect, it } from '@jest/globals';
import type { Entry } from '@natter/contracts';
import { ConversationFeed } from './conversation-feed.ts';

/** A feed of a log of ten entries, which it reads in parts of three. */
function createFeed() {
  const delivered: number[] = [];
  const reads: number[] = [];
  const entry = (rev: number) => ({ conversationId: 'g', rev }) as Entry;
  const feed = new ConversationFeed({
    id: 'g',
    readOn: async (_id, after) => {
      reads.push(after);
      const revs = [1, 2, 3].map((step) => after + step).filter((rev) => rev <= 10);
      return { entries: revs.map(entry), rev: 10 };
    },
    deliver: (live) => delivered.push(live.entry.rev),
  });
  return {
    feed,
    delivered,
    reads,
    offer: (...revs: number[]) => revs.forEach((rev) => feed.offer(entry(rev))),
  };
}

it.each([
  ['in order', [4, 5, 6], [4, 5, 6], []],
  ['twice', [4, 4, 5, 5], [4, 5], []],
  ['the wrong way round', [6, 5, 4], [4, 5, 6], []],
  ['old', [1, 2, 3], [], []],
  ['with one missing', [4, 6], [4, 5, 6, 7, 8, 9, 10], [4, 7]],
  ['with many missing', [10], [4, 5, 6, 7, 8, 9, 10], [3, 6]],
])('delivers rev after rev what comes %s', async (_how, offered, delivered, reads) => {
  const feed = createFeed();
  await feed.feed.begin(3);
  feed.offer(...offered);
  await feed.feed.reach(Math.max(3, ...offered));
  expect([feed.delivered, feed.reads]).toEqual([delivered, reads]);
});

it('keeps what comes before it is known where to begin', async () => {
  const { feed, delivered, reads, offer } = createFeed();
  offer(8, 7);
  await feed.begin(6);
  expect([delivered, reads]).toEqual([[7, 8], []]);
});

it('does not begin anew, but gets to where another would begin', async () => {
  const { feed, delivered } = createFeed();
  await feed.begin(6);
  await feed.begin(8);
  expect(delivered.slice(0, 2)).toEqual([7, 8]);
});
