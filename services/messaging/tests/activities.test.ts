import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Deadline, type Listening } from '@natter/bus';
import {
  activityPushed,
  blockUser,
  findAcquaintances,
  listAcquaintances,
  listMembers,
  markRead,
  type PushedBy,
  removeMember,
  sendTyping,
} from '@natter/contracts';
import { waitFor } from '@natter/testkit';
import { makeGroup } from './_groups.ts';
import { askAll, outcomesOf } from './_replicas.ts';
import { openStack, type Stack } from './_stack.ts';

type Pushed = PushedBy<typeof activityPushed>;

describe('what members do that no log keeps, on two messaging services', () => {
  let stack: Stack;
  let group: { id: string };
  let heard: Pushed[];
  let listening: Listening;

  const listenTo = (address: string) =>
    stack.bus.listen(activityPushed, {
      address,
      handle: (pushed) => heard.push(pushed),
      onGap: () => undefined,
    });
  const read = (who: string, seq: number) => stack.as(who).call(markRead, { conversation: group, seq });
  const type = (who: string, conversation: { id: string } | { with: string } = group) =>
    stack.as(who).call(sendTyping, { callerUsername: who, conversation });
  const nextPushed = async (): Promise<Pushed> => {
    await waitFor(() => heard.length > 0, { what: 'a push' });
    return heard.shift() as Pushed;
  };
  /** As the conversation shows it, and the list of its members. */
  const markersOf = async (whose: string, seenBy: string) => {
    const { members } = await stack.as(seenBy).conversation({ conversation: group, limit: 1 });
    const listed = await stack.as(seenBy).call(listMembers, { conversation: group, limit: 10 });
    return [members, listed.members].map(
      (shown) => shown.find(({ username }) => username === whose)?.readSeq,
    );
  };
  const isHidden = async (whose: string) =>
    (await askAll(() => markersOf(whose, 'alice'))).flat().every((readSeq) => readSeq === null);

  beforeAll(async () => {
    stack = await openStack();
    await Promise.all([stack.start(), stack.start()]);
    group = await makeGroup(stack, 'alice', 'bob', 'carol', 'dave', 'erin');
    for (const content of ['one', 'two', 'three', 'four']) {
      await stack.as('alice').send({ conversation: group, content });
    }
    heard = [];
    listening = await listenTo(group.id);
  });
  afterAll(async () => {
    listening.stop();
    await stack.stop();
  });

  it('how far somebody has read is told to everyone, and no more where they had read further', async () => {
    await read('bob', 2);
    const data = { conversationId: group.id, userId: stack.idOf('bob'), username: 'bob', readSeq: 2 };
    expect(await nextPushed()).toEqual({
      activity: { type: 'receipt', data },
      rev: 5,
      audience: 'everyone',
      hiddenFrom: [],
    });
    await read('bob', 1);
    await read('bob', 3);
    expect(await nextPushed()).toMatchObject({ activity: { data: { readSeq: 3 } } });
    expect(await markersOf('bob', 'alice')).toEqual([3, 3]);
  });

  it('whoever keeps that to themself tells it only to themself', async () => {
    await stack.changeUser('carol', { receipts: 'private' });
    await waitFor(() => isHidden('carol'), { what: 'both services to hide the marker' });
    await read('carol', 3);
    expect(await nextPushed()).toMatchObject({
      activity: { type: 'receipt', data: { username: 'carol', readSeq: 3 } },
      audience: 'self',
    });
    expect(await markersOf('carol', 'alice')).toEqual([null, null]);
    expect(await markersOf('carol', 'carol')).toEqual([3, 3]);
  });

  it('that somebody writes is told to the others', async () => {
    await type('bob');
    const data = { conversationId: group.id, userId: stack.idOf('bob'), username: 'bob', expiresIn: 5 };
    expect(await nextPushed()).toEqual({
      activity: { type: 'typing', data },
      rev: 5,
      audience: 'others',
      hiddenFrom: [],
    });
  });

  it('that somebody goes on writing is not told each time', async () => {
    await askAll(() => type('alice'));
    await read('alice', 4);
    await waitFor(() => heard.some(({ activity }) => activity.type === 'receipt'), { what: 'the receipt' });
    const typings = heard.splice(0).filter(({ activity }) => activity.type === 'typing');
    // One for each service, and as many again should all of this take so long.
    expect(typings.length).toBeLessThanOrEqual(4);
    expect(typings.length).toBeGreaterThan(0);
  });

  it('nothing is told between two whom a block keeps apart', async () => {
    await stack.as('dave').call(blockUser, { username: 'erin' });
    for (const [who, other] of [
      ['dave', 'erin'],
      ['erin', 'dave'],
    ] as const) {
      await type(who);
      expect(await nextPushed()).toMatchObject({
        activity: { type: 'typing' },
        hiddenFrom: [stack.idOf(other)],
      });
      await read(who, 4);
      expect(await nextPushed()).toMatchObject({
        activity: { type: 'receipt' },
        hiddenFrom: [stack.idOf(other)],
      });
    }
    expect(await outcomesOf(() => type('erin', { with: 'dave' }))).toEqual(['forbidden']);
  });

  it('of acquaintances those are found whom no block keeps apart, where that is asked', async () => {
    const among = ['alice', 'dave', 'frank'].map(stack.idOf);
    const request = { userId: stack.idOf('erin'), among };
    const find = async (exceptApart?: true) => {
      const context = { requestId: 'test', deadline: Deadline.in(4_900) };
      const { ids } = await stack.bus.call(findAcquaintances, { ...request, exceptApart }, context);
      const listing = { userId: request.userId, exceptApart, limit: 100 };
      const { ids: all } = await stack.bus.call(listAcquaintances, listing, context);
      expect(all).toEqual(expect.arrayContaining(ids));
      expect(all.includes(stack.idOf('dave'))).toBe(!exceptApart);
      return ids.toSorted();
    };
    expect(await find()).toEqual(among.slice(0, 2).toSorted());
    expect(await find(true)).toEqual(among.slice(0, 1));
  });

  it('strangers say nothing here, nor does who was removed; and where nobody wrote, nobody hears', async () => {
    expect(await outcomesOf(() => type('grace'))).toEqual(['conversation_not_found']);
    expect(await outcomesOf(() => type('grace', { with: 'frank' }))).toEqual(['done']);
    await stack.as('alice').call(removeMember, { conversation: group, username: 'carol' });
    expect(await outcomesOf(() => type('carol'))).toEqual(['conversation_not_found']);
    await read('alice', 4);
    expect(await nextPushed()).toMatchObject({
      activity: { type: 'receipt', data: { username: 'alice' } },
      rev: 6,
    });
  });
});
