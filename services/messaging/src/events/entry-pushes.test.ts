import { expect, it } from '@jest/globals';
import { founded, happened, sent } from '../../tests/_entries.ts';
import type { UserDirectory } from '../domain/user-directory.ts';
import { EntryPushes } from './entry-pushes.ts';

/** What is pushed, as `noun.verb address`. */
function createPushes(profilesOf: () => Promise<ReadonlyMap<string, never>>) {
  const pushed: string[] = [];
  const failed: number[] = [];
  const pushes = new EntryPushes({
    bus: {
      hint: ({ noun, verb }, _payload, { address } = {}) => {
        pushed.push(`${noun}.${verb} ${address}`);
        return true;
      },
    },
    directory: { profilesOf } as unknown as UserDirectory,
    onFailure: (_error, count) => failed.push(count),
  });
  return { pushes, pushed, failed };
}

it('pushes an entry once, however many members there are, and who joined to each of them', async () => {
  const { pushes, pushed } = createPushes(async () => new Map());
  const members = Array.from({ length: 100 }, (_, index) => `user-${index}`);
  pushes.add([founded('g', members), sent('g', 2), sent('g', 3)]);
  pushes.add([
    happened('g', { rev: 4, seq: 2 }, { type: 'member.added', data: { userId: 'dave', role: 'member' } }),
  ]);
  await pushes.idle();
  const joined = (userId: string) => `conversation.joined ${userId}`;
  expect(pushed).toEqual([
    'entry.pushed g',
    ...members.map(joined),
    ...Array.from({ length: 3 }, () => 'entry.pushed g'),
    joined('dave'),
  ]);
});

it('says of how many entries nobody was told, and goes on with those after them', async () => {
  let names = async (): Promise<ReadonlyMap<string, never>> => Promise.reject(new Error('nobody knows'));
  const { pushes, pushed, failed } = createPushes(() => names());
  pushes.add([sent('g', 2), sent('g', 3)]);
  await pushes.idle();
  names = async () => new Map();
  pushes.add([sent('g', 4)]);
  await pushes.idle();
  expect([failed, pushed]).toEqual([[2], ['entry.pushed g']]);
});
