import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Conversation, Member } from '@natter/contracts';
import { expectLogToTellAll, readLog } from './conversation-reader.ts';
import type { Person, RegisterPeople } from './people.ts';
import { at, conversations, createGroup, outcomeOf } from './requests.ts';

const rolesOf = (members: readonly Member[]) => members.map(({ id, role }) => [id, role]);

export function describeGroups(register: RegisterPeople): void {
  describe('a group', () => {
    it('is made once with a key', async () => {
      const [ann, ben] = await register('ann', 'ben');
      const key = { 'idempotency-key': randomUUID() };
      const create = (title: string) => ann.api.post(conversations, { title, members: [ben.username] }, key);
      const made = await create('Garden');
      const { id, members } = made.body as Conversation;
      expect([made.status, made.headers.get('location')]).toEqual([201, at(id)]);
      expect(rolesOf(members)).toEqual([
        [ann.id, 'owner'],
        [ben.id, 'member'],
      ]);
      for (const again of [await create('Garden'), await create('Garden')]) {
        expect([again.status, again.body]).toEqual([201, made.body]);
        expect(again.headers.get('idempotent-replayed')).toBe('true');
      }
      expect(outcomeOf(await create('Cellar'))).toBe('422 idempotency_key_reused');
      expect(await readLog(ben.api, at(id))).toHaveLength(1);
    });

    it('is one, however many ask for it with one key at the same moment', async () => {
      const [ann] = await register('ann');
      const key = { 'idempotency-key': randomUUID() };
      const create = () => ann.api.post(conversations, { title: 'Garden', members: [] }, key);
      const made = await Promise.all(Array.from({ length: 4 }, create));
      expect(made.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
      expect(new Set(made.map((answer) => (answer.body as Conversation).id)).size).toBe(1);
      expect(made.filter(({ headers }) => headers.get('idempotent-replayed') === null)).toHaveLength(1);
    });

    it('lets each do what their role allows', async () => {
      const [ann, ben, cid] = await register('ann', 'ben', 'cid');
      const group = await createGroup(ann, ben);
      const member = ({ username }: Person) => `${group}/members/${username}`;
      const rename = ({ api }: Person) => api.patch(group, { title: 'Gardeners' });
      expect(outcomeOf(await rename(cid))).toBe('404 conversation_not_found');
      expect(outcomeOf(await rename(ben))).toBe('403 forbidden');
      expect(outcomeOf(await ben.api.put(member(cid)))).toBe('403 forbidden');
      expect((await ann.api.put(member(ben), { role: 'admin' })).body).toMatchObject({ role: 'admin' });
      expect((await rename(ben)).body).toMatchObject({ title: 'Gardeners' });
      expect((await ben.api.put(member(cid))).status).toBe(201);
      expect((await ben.api.put(member(cid), {})).status).toBe(200);
      expect(outcomeOf(await ben.api.put(member(cid), { role: 'admin' }))).toBe('403 forbidden');
      expect(outcomeOf(await ben.api.delete(member(ann)))).toBe('403 forbidden');
      expect(outcomeOf(await cid.api.delete(member(ben)))).toBe('403 forbidden');
      await ann.api.post(group, { content: 'hello' });
      const first = `${group}/messages/1`;
      expect(outcomeOf(await cid.api.delete(first))).toBe('403 forbidden');
      expect(outcomeOf(await ben.api.patch(first, { content: 'hi' }))).toBe('403 forbidden');
      expect(outcomeOf(await ben.api.delete(first))).toBe('204');
      await expectLogToTellAll(cid, group);
    });

    it('shows a late member all that was said, as read, and who is there', async () => {
      const [ann, ben, cid] = await register('ann', 'ben', 'cid');
      const group = await createGroup(ann, ben);
      await ann.api.post(group, { content: 'before cid' });
      await ann.api.put(`${group}/members/${cid.username}`);
      expect((await cid.api.get(group)).body).toMatchObject({ seq: 1, readSeq: 1, unread: 0 });
      const list = async (query: string) =>
        (await cid.api.get(`${group}/members?${query}`)).body as {
          data: Member[];
          page: { next: string | null };
        };
      const { data, page } = await list('limit=2');
      expect(data.map(({ id, readSeq }) => [id, readSeq])).toEqual([
        [ann.id, 1],
        [ben.id, 0],
      ]);
      const rest = await list(`cursor=${page.next}`);
      expect([rest.data.map(({ id }) => id), rest.page.next]).toEqual([[cid.id], null]);
      await expectLogToTellAll(cid, group);
    });

    it('is gone everywhere for a removed member, from the answer on', async () => {
      const [ann, ben] = await register('ann', 'ben');
      const group = await createGroup(ann, ben);
      await ben.api.post(group, { content: 'hello' });
      const remove = () => ann.api.delete(`${group}/members/${ben.username}`);
      expect(outcomeOf(await remove())).toBe('204');
      const tries = Array.from({ length: 4 }, () => [
        ben.api.get(group),
        ben.api.get(`${group}/messages/1`),
        ben.api.get(`${group}/log`),
        ben.api.post(group, { content: 'still here' }),
        ben.api.put(`${group}/read`, { seq: 1 }),
      ]);
      for (const gone of await Promise.all(tries.flat())) {
        expect(outcomeOf(gone)).toBe('404 conversation_not_found');
      }
      expect((await ben.api.get(conversations)).body).toMatchObject({ data: [] });
      expect(outcomeOf(await remove())).toBe('204');
      await expectLogToTellAll(ann, group);
    });

    it('has nothing from a removed member after their removal, however it races with their sends', async () => {
      const [ann, ben] = await register('ann', 'ben');
      const group = await createGroup(ann, ben);
      await ben.api.post(group, { content: 'hello' });
      const sending = Array.from({ length: 20 }, (_, n) => ben.api.post(group, { content: `${n}` }));
      await ann.api.delete(`${group}/members/${ben.username}`);
      const outcomes = (await Promise.all(sending)).map(outcomeOf);
      expect(new Set(['201', '404 conversation_not_found', ...outcomes]).size).toBe(2);
      const log = await readLog(ann.api, group);
      expect(log.filter(({ type }) => type === 'message.sent')).toHaveLength(
        1 + outcomes.filter((outcome) => outcome === '201').length,
      );
      const removal = log.findIndex(({ type }) => type === 'member.removed');
      expect(log.slice(removal).map(({ actorId }) => actorId)).toEqual([ann.id]);
    });

    it('is left by everyone who wants to, but not by the last owner', async () => {
      const [ann, ben, cid] = await register('ann', 'ben', 'cid');
      const group = await createGroup(ann, ben, cid);
      const leave = ({ api }: Person) => api.delete(`${group}/members/me`);
      expect(outcomeOf(await leave(cid))).toBe('204');
      expect(outcomeOf(await leave(ann))).toBe('409 last_owner');
      await ann.api.put(`${group}/members/${ben.username}`, { role: 'owner' });
      expect(outcomeOf(await leave(ann))).toBe('204');
      expect(outcomeOf(await ann.api.get(group))).toBe('404 conversation_not_found');
      const { members } = (await ben.api.get(group)).body as Conversation;
      expect(rolesOf(members)).toEqual([[ben.id, 'owner']]);
      await expectLogToTellAll(ben, group);
    });
  });
}
