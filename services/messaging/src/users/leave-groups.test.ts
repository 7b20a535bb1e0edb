import { describe, expect, it } from '@jest/globals';
import { create, removeMember } from '../log/_commands.ts';
import { memoryDatabase, send, upTo } from '../log/_fixtures.ts';
import { leaveGroups } from './leave-groups.ts';

const rolesIn = async ({ projections }: ReturnType<typeof memoryDatabase>, conversationId: string) => {
  const conversation = await projections.findConversation(conversationId);
  return conversation?.members.map(({ id, role }) => `${id} ${role}`);
};

/** As many groups of alice and bob, g1, g2, … */
async function groups(count: number) {
  const database = memoryDatabase();
  const writer = database.writer();
  const ids = upTo(count).map((n) => `g${n}`);
  for (const conversationId of ids) await writer.execute({ ...create(), conversationId });
  return { ...database, ids, services: { projections: database.projections, writer } };
}

describe('leaveGroups', () => {
  it('takes a member out of every group, however many pages of them there are', async () => {
    const database = await groups(205);
    await leaveGroups(database.services, 'bob');
    for (const id of database.ids) expect(await rolesIn(database, id)).toEqual(['alice owner']);
  });

  it('finds a group behind more than a page of direct conversations', async () => {
    const database = await groups(1);
    const writer = database.writer();
    // The tied are listed by id, the highest first.
    await Promise.all(upTo(100).map((n) => writer.execute(send({ conversationId: `later${n}` }))));
    await leaveGroups(database.services, 'bob');
    expect(await rolesIn(database, 'g1')).toEqual(['alice owner']);
  });

  it('leaves an owner to the others', async () => {
    const database = await groups(1);
    await leaveGroups(database.services, 'alice');
    expect(await rolesIn(database, 'g1')).toEqual(['bob owner']);
  });

  it('leaves an empty group where nobody else is', async () => {
    const database = await groups(1);
    await database.writer().execute({ ...removeMember('bob'), conversationId: 'g1' });
    await leaveGroups(database.services, 'alice');
    expect(await rolesIn(database, 'g1')).toEqual([]);
  });

  it('leaves direct conversations to the other side', async () => {
    const database = await groups(0);
    await database.writer().execute(send());
    await leaveGroups(database.services, 'alice');
    expect(await rolesIn(database, 'c1')).toEqual(['alice member', 'bob member']);
  });

  it('changes nothing the second time', async () => {
    const database = await groups(1);
    for (const _ of upTo(2)) await leaveGroups(database.services, 'alice');
    expect(await database.revs('g1')).toEqual([1, 2, 3]);
  });
});
