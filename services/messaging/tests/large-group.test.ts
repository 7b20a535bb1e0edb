import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConversation, listConversations, listMembers, setMember } from '@natter/contracts';
import { outcomeOf } from './_replicas.ts';
import { openStack, type Stack } from './_stack.ts';

const crowd = Array.from({ length: 999 }, (_, index) => `member-${index}`);

describe('a group of 1,000', () => {
  let stack: Stack;
  let conversation: { id: string };

  beforeAll(async () => {
    stack = await openStack({ crowd });
    await Promise.all([stack.start(), stack.start()]);
    // A slow database may need longer than one request is given.
    const request = { title: 'Everyone', members: crowd, key: 'the-one-of-1000-members' };
    const made = await stack.as('alice').call(createConversation, request);
    conversation = { id: made.conversation.id as string };
  });
  afterAll(() => stack.stop());

  it('has them all, and names the first 50', async () => {
    const { members, memberCount } = await stack.as('member-998').conversation({ conversation, limit: 1 });
    expect(memberCount).toBe(1_000);
    expect(members.map(({ username }) => username)).toEqual(['alice', ...crowd.slice(0, 49)]);
  });

  it('is there for its last member, who can speak to all', async () => {
    await stack.as('member-998').send({ conversation, content: 'hello @member-500' });
    const { conversations } = await stack.as('member-500').call(listConversations, { limit: 50 });
    expect(conversations).toMatchObject([{ ...conversation, memberCount: 1_000, seq: 1, unread: 1 }]);
    expect(conversations[0]?.members).toHaveLength(50);
    expect(conversations[0]?.lastMessage).toMatchObject({
      sender: 'member-998',
      mentions: [stack.idOf('member-500')],
    });
  });

  it('lists every one of them in pages', async () => {
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await stack.as('member-7').call(listMembers, { conversation, limit: 200, cursor });
      names.push(...page.members.map(({ username }) => username));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(names).toEqual(['alice', ...crowd]);
  });

  it('takes in nobody more, and says so', async () => {
    const add = stack.as('alice').call(setMember, { conversation, username: 'bob' });
    expect(await outcomeOf(add)).toBe('validation_failed');
    const make = stack.as('alice').call(createConversation, { title: 'x', members: [...crowd, 'bob'] });
    expect(await outcomeOf(make)).toBe('validation_failed');
    const { rev, memberCount } = await stack.as('alice').conversation({ conversation, limit: 1 });
    expect({ rev, memberCount }).toEqual({ rev: 2, memberCount: 1_000 });
  });
});
