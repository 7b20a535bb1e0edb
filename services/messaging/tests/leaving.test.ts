import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listConversations, listMembers, setMember, userChanged } from '@natter/contracts';
import { waitFor } from '@natter/testkit';
import { makeGroup, readWholeLog } from './_groups.ts';
import { askAll, outcomesOf } from './_replicas.ts';
import { openStack, type Stack } from './_stack.ts';

/** Waits until every replica shows it. */
const seenByAll = (what: string, holds: () => Promise<boolean>) =>
  waitFor(async () => (await holds()) && (await askAll(holds)).every(Boolean), { what });

describe('a deleted account, on two messaging services', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await openStack();
    await Promise.all([stack.start(), stack.start()]);
  });
  afterAll(() => stack.stop());

  const view = (who: string, conversation: { id: string } | { with: string }) =>
    stack.as(who).conversation({ conversation, limit: 50 });

  const send = (to: { id: string } | { with: string }) => () =>
    stack.as('alice').send({ conversation: to, content: 'are you there?' });

  describe('that had written with somebody', () => {
    let conversation: { id: string };

    beforeAll(async () => {
      const { message } = await stack.as('bob').send({ conversation: { with: 'alice' }, content: 'hello' });
      conversation = { id: message.conversationId };
      await stack.as('alice').send({ conversation, content: 'hello yourself' });
      await askAll(() => view('alice', conversation));
      await stack.deleteUser('bob');
      await seenByAll('bob to be shown as deleted', async () => {
        const { members, messages } = await view('alice', conversation);
        const names = new Set([...members.map(({ username }) => username), messages.data[0]?.sender]);
        return names.has('deleted') && !names.has('bob');
      });
    });

    it('leaves their conversation to the other, message for message', async () => {
      for (const { messages, members, kind } of await askAll(() => view('alice', conversation))) {
        expect(messages.data.map(({ sender, content }) => `${sender}: ${content}`)).toEqual([
          'deleted: hello',
          'alice: hello yourself',
        ]);
        expect(members.map(({ username }) => username).toSorted()).toEqual(['alice', 'deleted']);
        expect(kind).toBe('direct');
      }
      const { conversations } = await stack.as('alice').call(listConversations, { limit: 50 });
      expect(conversations).toMatchObject([{ ...conversation, lastMessage: { content: 'hello yourself' } }]);
      const log = await readWholeLog(stack, 'alice', conversation);
      expect(log.map(({ type, actor }) => [type, actor])).toEqual([
        ['conversation.created', 'deleted'],
        ['message.sent', 'deleted'],
        ['message.sent', 'alice'],
      ]);
    });

    it('can be written to no more, and is nobody by its name', async () => {
      expect(await outcomesOf(send(conversation))).toEqual(['forbidden']);
      expect(await outcomesOf(send({ with: 'bob' }))).toEqual(['user_not_found']);
      expect(await outcomesOf(() => view('alice', { with: 'bob' }))).toEqual(['user_not_found']);
      expect((await view('alice', conversation)).rev).toBe(3);
    });

    it('can be put into no group', async () => {
      const group = await makeGroup(stack, 'alice');
      const add = () => stack.as('alice').call(setMember, { conversation: group, username: 'bob' });
      expect(await outcomesOf(add)).toEqual(['user_not_found']);
    });
  });

  it('leaves its groups, to the longest-serving admin where it was the only owner, else to a member', async () => {
    const [toAdmin, toMember, owned, plain, alone] = await Promise.all([
      makeGroup(stack, 'carol', 'dave', 'erin', 'frank'),
      makeGroup(stack, 'carol', 'dave', 'erin'),
      makeGroup(stack, 'carol', 'dave', 'erin'),
      makeGroup(stack, 'erin', 'carol', 'dave'),
      makeGroup(stack, 'carol'),
    ]);
    const setRole = (conversation: { id: string }, username: string, role: 'owner' | 'admin') =>
      stack.as('carol').call(setMember, { conversation, username, role });
    await setRole(toAdmin, 'frank', 'admin');
    await setRole(toAdmin, 'erin', 'admin');
    await setRole(owned, 'erin', 'owner');
    await stack.as('carol').send({ conversation: toMember, content: 'farewell' });
    const carol = stack.idOf('carol');
    const dave = stack.idOf('dave');

    const gone = await stack.deleteUser('carol');
    const groups = [toAdmin, toMember, owned, plain];
    await seenByAll('carol to have left her groups', async () => {
      const views = await Promise.all(groups.map((group) => view('erin', group)));
      return views.every(({ members }) => !members.some(({ id }) => id === carol));
    });
    const rolesIn = async (conversation: { id: string }) => {
      const { members } = await stack.as('erin').call(listMembers, { conversation, limit: 10 });
      return Object.fromEntries(members.map(({ username, role }) => [username, role]));
    };
    expect(await Promise.all(groups.map(rolesIn))).toEqual([
      { dave: 'member', erin: 'owner', frank: 'admin' },
      { dave: 'owner', erin: 'member' },
      { dave: 'member', erin: 'owner' },
      { erin: 'owner', dave: 'member' },
    ]);
    const log = await readWholeLog(stack, 'dave', toMember);
    expect(log.slice(-2).map(({ rev, type, actorId, data }) => ({ rev, type, actorId, data }))).toEqual([
      { rev: 3, type: 'member.role_changed', actorId: carol, data: { userId: dave, role: 'owner' } },
      { rev: 4, type: 'member.removed', actorId: carol, data: { userId: carol } },
    ]);
    expect(log.map(({ type }) => type)).toContain('message.sent');
    await seenByAll('what carol said to be of somebody deleted', async () => {
      const [message] = (await view('dave', toMember)).messages.data;
      return message?.content === 'farewell' && message.sender === 'deleted';
    });
    await waitFor(
      async () => (await outcomesOf(() => view('carol', alone))).join(' ') === 'conversation_not_found',
      {
        what: 'carol to have left the group that was hers alone',
      },
    );

    // The event may come again, at any time: nothing is appended by it.
    const revs = async () =>
      (await Promise.all(groups.map((group) => view('erin', group)))).map(({ rev }) => rev);
    const before = await revs();
    await stack.bus.publish(userChanged, gone, { id: 'the-same-once-more' });
    const marker = await makeGroup(stack, 'frank', 'erin');
    await stack.deleteUser('frank');
    await seenByAll(
      'the event after it to be heard',
      async () => (await view('erin', marker)).memberCount === 1,
    );
    expect(await revs()).toEqual([(before[0] as number) + 1, ...before.slice(1)]);
  });
});
