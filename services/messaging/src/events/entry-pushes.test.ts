import { expect, it } from '@jest/globals';
import { founded, happened, sent } from '../../tests/_entries.ts';
import type { Profile, UserDirectory } from '../domain/user-directory.ts';
import { EntryPushes } from './entry-pushes.ts';

const joined = (userId: string) => `conversation.joined ${userId}`;

/** What is pushed, as `noun.verb address`. */
function createPushes(profilesOf: () => Promise<ReadonlyMap<string, Profile>>) {
  const pushed: string[] = [];
  const failed: number[] = [];
  const reported: number[] = [];
  const pushes = new EntryPushes({
    bus: {
      hint: ({ noun, verb }, _payload, options) => {
        pushed.push(`${noun}.${verb} ${options?.address}`);
        return true;
      },
    },
    directory: { profilesOf } as unknown as UserDirectory,
    reports: { add: (entries) => void reported.push(...entries.map(({ rev }) => rev)) },
    onFailure: (_error, count) => failed.push(count),
  });
  return { pushes, pushed, failed, reported };
}

it('pushes an entry once, however many members there are, and who joined to each of them', async () => {
  const { pushes, pushed } = createPushes(async () => new Map());
  const members = Array.from({ length: 100 }, (_, index) => `user-${index}`);
  pushes.add([founded('g', members), sent('g', 2), sent('g', 3)]);
  pushes.add([
    happened('g', { rev: 4, seq: 2 }, { type: 'member.added', data: { userId: 'dave', role: 'member' } }),
  ]);
  await pushes.idle();
  expect(pushed).toEqual([
    'entry.pushed g',
    ...members.map(joined),
    ...Array.from({ length: 3 }, () => 'entry.pushed g'),
    joined('dave'),
  ]);
});

it('says of how many entries nobody was told, reports these too, and goes on with those after them', async () => {
  let known = false;
  const { pushes, pushed, failed, reported } = createPushes(async () => {
    if (!known) throw new Error('nobody knows');
    return new Map();
  });
  pushes.add([sent('g', 2), sent('g', 3)]);
  await pushes.idle();
  known = true;
  pushes.add([sent('g', 4)]);
  await pushes.idle();
  expect([failed, pushed, reported]).toEqual([[2], ['entry.pushed g'], [2, 3, 4]]);
});
