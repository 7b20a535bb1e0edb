import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { conversationJoined, joiningGroupOf, type PushedBy } from '@natter/contracts';
import { founded, happened, sent } from '../../tests/_entries.ts';
import type { Profile, UserDirectory } from '../domain/user-directory.ts';
import { EntryPushes } from './entry-pushes.ts';

type Hint = ConstructorParameters<typeof EntryPushes>[0]['bus']['hint'];

/** What is pushed, as `noun.verb address`, and who is told that they joined, by the address. */
function createPushes(profilesOf: () => Promise<ReadonlyMap<string, Profile>>) {
  const pushed: string[] = [];
  const joined: [string | undefined, PushedBy<typeof conversationJoined>][] = [];
  const failed: number[] = [];
  const reported: number[] = [];
  const hint: Hint = (push, payload, options) => {
    const address = options?.address;
    if (push.noun === 'conversation') joined.push([address, conversationJoined.schema.parse(payload)]);
    else pushed.push(`${push.noun}.${push.verb} ${address}`);
    return true;
  };
  const pushes = new EntryPushes({
    bus: { hint },
    directory: { profilesOf } as unknown as UserDirectory,
    reports: { add: (entries) => void reported.push(...entries.map(({ rev }) => rev)) },
    onFailure: (_error, count) => failed.push(count),
  });
  return { pushes, pushed, joined, failed, reported };
}

it('pushes an entry once, however many members there are, and who joined once to each of their groups', async () => {
  const { pushes, pushed, joined } = createPushes(async () => new Map());
  const conversationId = randomUUID();
  const [dave, ...members] = Array.from({ length: 301 }, () => randomUUID()) as [string, ...string[]];
  pushes.add([founded(conversationId, members), sent(conversationId, 2), sent(conversationId, 3)]);
  const data = { userId: dave, role: 'member' as const };
  pushes.add([happened(conversationId, { rev: 4, seq: 2 }, { type: 'member.added', data })]);
  await pushes.idle();
  expect(pushed).toEqual(Array.from({ length: 4 }, () => `entry.pushed ${conversationId}`));
  const last = joined.pop();
  expect(last).toEqual([joiningGroupOf(dave), { conversationId, rev: 4, userIds: [dave] }]);
  expect(new Set(joined.map(([address]) => address)).size).toBe(joined.length);
  for (const [address, { userIds }] of joined)
    expect(new Set(userIds.map(joiningGroupOf))).toEqual(new Set([address]));
  expect(joined.flatMap(([, { userIds }]) => userIds).toSorted()).toEqual(members.toSorted());
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
