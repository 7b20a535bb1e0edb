import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  addReaction,
  blockUser,
  createConversation,
  deleteMessage,
  editMessage,
  listBlocks,
  setMember,
  unblockUser,
} from '@natter/contracts';
import { makeGroup } from './_groups.ts';
import { askAll, outcomeOf, outcomesOf } from './_replicas.ts';
import { openStack, type Stack } from './_stack.ts';

describe('a block, on two messaging services', () => {
  let stack: Stack;

  const send = (from: string, to: string) =>
    stack.as(from).send({ conversation: { with: to }, content: 'hello' });
  const direct = (of: string, other: string) =>
    stack.as(of).conversation({ conversation: { with: other }, limit: 200 });
  const block = (who: string, username: string) => stack.as(who).call(blockUser, { username });
  const unblock = (who: string, username: string) => stack.as(who).call(unblockUser, { username });

  beforeAll(async () => {
    stack = await openStack();
    await Promise.all([stack.start(), stack.start()]);
  });
  afterAll(() => stack.stop());

  describe('between two who have written to each other', () => {
    const keyed = { conversation: { with: 'alice' }, content: 'keyed', clientMessageId: 'before-0123456789' };
    let before: Awaited<ReturnType<typeof direct>>;

    beforeAll(async () => {
      await stack.as('bob').send(keyed);
      // Every replica knows by then that these two may write to each other.
      await askAll(() => send('alice', 'bob'));
      before = await direct('alice', 'bob');
      await block('alice', 'bob');
    });

    it('refuses messages from both alike, and does not say who blocked whom', async () => {
      const id = before.id as string;
      const attempts = [
        () => send('alice', 'bob'),
        () => send('bob', 'alice'),
        () => stack.as('bob').send({ conversation: { id }, content: 'by id' }),
      ];
      for (const attempt of attempts) expect(await outcomesOf(attempt)).toEqual(['forbidden']);
      for (const outcome of await Promise.allSettled(attempts.map((attempt) => attempt())))
        expect(outcome).toMatchObject({
          reason: { code: 'forbidden', detail: undefined, faults: undefined },
        });
    });

    it('leaves their history readable for both, as it was', async () => {
      for (const view of await askAll(() => direct('alice', 'bob'))) expect(view).toEqual(before);
      for (const view of await askAll(() => direct('bob', 'alice')))
        expect(view.messages.data.map(({ id }) => id)).toEqual(before.messages.data.map(({ id }) => id));
    });

    it('refuses edits and reactions too, which are words to the other', async () => {
      const conversation = { with: 'alice' };
      const bob = stack.as('bob');
      const attempts = [
        () => bob.call(editMessage, { conversation, seq: 1, content: 'changed' }),
        () => bob.call(addReaction, { conversation, seq: 2, emoji: '👍' }),
      ];
      for (const attempt of attempts) expect(await outcomesOf(attempt)).toEqual(['forbidden']);
      expect((await direct('alice', 'bob')).rev).toBe(before.rev);
    });

    it('answers a send from before it with what came of that, whenever it is repeated', async () => {
      for (const again of await askAll(() => stack.as('bob').send(keyed)))
        expect(again).toMatchObject({ replayed: true, message: { seq: 1, content: 'keyed' } });
      const other = stack.as('bob').send({ ...keyed, content: 'another' });
      expect(await outcomeOf(other)).toBe('idempotency_key_reused');
    });

    it('does not keep anyone from deleting what is theirs', async () => {
      await stack.as('alice').call(deleteMessage, { conversation: { with: 'bob' }, seq: 2 });
      expect((await direct('bob', 'alice')).messages.data[1]).toMatchObject({ seq: 2, content: '' });
    });

    it('is over everywhere when it is taken back', async () => {
      await unblock('alice', 'bob');
      expect(await outcomesOf(() => send('bob', 'alice'))).toEqual(['done']);
      expect(await outcomesOf(() => send('alice', 'bob'))).toEqual(['done']);
    });
  });

  it('holds from its answer on, though the other writes all the time', async () => {
    await send('frank', 'grace');
    const answered = new AbortController();
    const blocking = block('grace', 'frank').then(() => answered.abort());
    while (!answered.signal.aborted) await outcomeOf(send('frank', 'grace'));
    expect(await outcomesOf(() => send('frank', 'grace'))).toEqual(['forbidden']);
    await blocking;
  });

  it('lets nobody begin a conversation that it refuses', async () => {
    await block('carol', 'dave');
    expect(await outcomesOf(() => send('dave', 'carol'))).toEqual(['forbidden']);
    expect(await outcomesOf(() => send('carol', 'dave'))).toEqual(['forbidden']);
    expect(await direct('dave', 'carol')).toMatchObject({ id: null, rev: 0 });
  });

  it('lets the blocked put the blocker into no group, and leaves those alone that both are in', async () => {
    const shared = await makeGroup(stack, 'frank', 'carol');
    const own = await makeGroup(stack, 'erin');
    await block('carol', 'erin');
    const erin = stack.as('erin');
    const make = () => erin.call(createConversation, { title: 'Come here', members: ['bob', 'carol'] });
    const add = () => erin.call(setMember, { conversation: own, username: 'carol' });
    expect(await outcomesOf(make)).toEqual(['forbidden']);
    expect(await outcomesOf(add)).toEqual(['forbidden']);
    expect((await erin.conversation({ conversation: own, limit: 1 })).rev).toBe(1);
    await stack.as('frank').call(setMember, { conversation: shared, username: 'erin' });
    await erin.send({ conversation: shared, content: 'hello everyone' });
    await stack.as('carol').send({ conversation: shared, content: 'hello' });
    await unblock('carol', 'erin');
    expect(await outcomeOf(add())).toBe('done');
  });

  it('answers for a group that was made before it as it did', async () => {
    const request = { title: 'Before', members: ['frank'], key: 'group-before-0123456789' };
    const made = await stack.as('grace').call(createConversation, request);
    await block('frank', 'grace');
    for (const again of await askAll(() => stack.as('grace').call(createConversation, request)))
      expect(again).toEqual({ ...made, replayed: true });
  });

  it('is listed for whom it is of, page by page, and for nobody else', async () => {
    const blocked = ['alice', 'carol', 'dave', 'erin', 'frank'];
    for (const name of [...blocked, 'erin']) await block('bob', name);
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await stack.as('bob').call(listBlocks, { limit: 2, cursor });
      names.push(...page.users.map(({ username }) => username));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(names.toSorted()).toEqual(blocked);
    const { next } = await stack.as('bob').call(listBlocks, { limit: 2 });
    for (const foreign of [next as string, 'nonsense'])
      expect(await outcomeOf(stack.as('alice').call(listBlocks, { limit: 2, cursor: foreign }))).toBe(
        'cursor_invalid',
      );
    for (const name of blocked) await unblock('bob', name);
    expect(await stack.as('bob').call(listBlocks, { limit: 2 })).toEqual({ users: [], next: null });
  });

  it('is of somebody else who exists', async () => {
    expect(await outcomeOf(block('alice', 'alice'))).toBe('validation_failed');
    expect(await outcomeOf(block('alice', 'nobody'))).toBe('user_not_found');
    expect(await outcomeOf(unblock('alice', 'nobody'))).toBe('user_not_found');
    expect(await outcomeOf(send('alice', 'alice'))).toBe('done');
  });
});
