import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Deadline } from '@natter/bus';
import {
  blockUser,
  createConversation,
  findAcquaintances,
  listAcquaintances,
  setMember,
  unblockUser,
} from '@natter/contracts';
import { makeGroup } from './_groups.ts';
import { outcomeOf } from './_replicas.ts';
import { openStack, type Stack } from './_stack.ts';

describe.each(['shared', 'none'] as const)('by the directory policy "%s"', (policy) => {
  let stack: Stack;
  let group: { id: string };

  const send = (from: string, to: string) =>
    outcomeOf(stack.as(from).send({ conversation: { with: to }, content: 'hello' }));

  beforeAll(async () => {
    stack = await openStack();
    // Who wrote to each other while everyone could: alice to bob; and a group of alice, carol and dave.
    const before = await stack.start();
    await stack.as('alice').send({ conversation: { with: 'bob' }, content: 'hello' });
    group = await makeGroup(stack, 'alice', 'carol', 'dave');
    await stack.as('bob').call(blockUser, { username: 'erin' });
    await before.stop();
    await stack.start({ DIRECTORY: policy });
  });
  afterAll(() => stack.stop());

  it('nobody writes to a stranger first, nor sees that there is one', async () => {
    expect([await send('alice', 'erin'), await send('alice', 'nobody')]).toEqual(
      Array(2).fill('user_not_found'),
    );
    const looks = ['erin', 'nobody'].map((name) =>
      outcomeOf(stack.as('alice').conversation({ conversation: { with: name }, limit: 1 })),
    );
    expect(await Promise.all(looks)).toEqual(Array(2).fill('user_not_found'));
  });

  it('strangers can be neither added to groups nor blocked', async () => {
    const alice = stack.as('alice');
    const attempts = [
      alice.call(createConversation, { title: 'new', members: ['bob', 'erin'] }),
      alice.call(setMember, { conversation: group, username: 'erin' }),
      alice.call(blockUser, { username: 'erin' }),
      alice.call(unblockUser, { username: 'erin' }),
    ];
    expect(await Promise.all(attempts.map(outcomeOf))).toEqual(Array(4).fill('user_not_found'));
  });

  it('conversations that there are go on', async () => {
    expect(await send('bob', 'alice')).toBe('done');
    expect(await outcomeOf(stack.as('dave').send({ conversation: group, content: 'hello' }))).toBe('done');
    const adding = stack.as('alice').call(setMember, { conversation: group, username: 'bob' });
    expect(await outcomeOf(adding)).toBe('done');
  });

  it('members of one group may write to each other, and everyone to themselves', async () => {
    expect(await send('carol', 'dave')).toBe('done');
    expect(await send('erin', 'erin')).toBe('done');
  });

  it('a block of before can be taken back', async () => {
    const outcomes: string[] = [];
    for (let time = 1; time <= 2; time += 1) {
      outcomes.push(await outcomeOf(stack.as('bob').call(unblockUser, { username: 'erin' })));
    }
    expect(outcomes).toEqual(['done', 'user_not_found']);
  });

  it('the users service is told who shares a conversation', async () => {
    const [alice, carol, erin] = ['alice', 'carol', 'erin'].map(stack.idOf) as [string, string, string];
    const context = { requestId: 'test', deadline: Deadline.in(4_900) };
    const { ids } = await stack.bus.call(listAcquaintances, { userId: alice, limit: 100 }, context);
    expect(ids).toContain(carol);
    expect(ids).not.toContain(erin);
    const among = { userId: alice, among: [carol, erin] };
    expect(await stack.bus.call(findAcquaintances, among, context)).toEqual({ ids: [carol] });
  });
});
