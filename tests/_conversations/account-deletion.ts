import { describe, expect, it } from '@jest/globals';
import type { Conversation, Message } from '@natter/contracts';
import { waitFor } from '@natter/testkit';
import { expectLogToTellAll } from './conversation-reader.ts';
import type { Person, RegisterPeople } from './people.ts';
import { at, createGroup, outcomeOf } from './requests.ts';

const leave = ({ api }: Person, password = 'natter-demo') => api.delete('/api/v1/users/me', { password });

/** For how long each replica of messaging may go on with what it knew of a profile. */
const rememberedMs = 2_000;

/**
 * Waits until nothing that the reader gets to see of the conversation has the name any more, whichever replica shows
 * it: from when one has forgotten, none may remember for longer than what it knew is kept.
 */
async function untilForgotten({ username }: Person, { api }: Person, route: string): Promise<void> {
  let since: number | undefined;
  const isForgotten = async () => {
    const seen = await Promise.all(['', '/messages', '/log'].map((part) => api.get(route + part)));
    const named = seen.some(({ body }) => JSON.stringify(body).includes(username));
    since = named ? undefined : (since ?? performance.now());
    return since !== undefined && performance.now() - since > rememberedMs;
  };
  await waitFor(isForgotten, { what: `${route} to forget ${username}` });
}

export function describeAccountDeletion(register: RegisterPeople): void {
  describe('a deleted account', () => {
    it('asks for the password', async () => {
      const [ann, ben] = await register('ann', 'ben');
      expect(outcomeOf(await leave(ann, 'not this one'))).toBe('403 wrong_password');
      expect((await ben.api.get(`/api/v1/users/${ann.username}`)).status).toBe(200);
    });

    it('is "deleted" in its conversations, which stay for the others', async () => {
      const [ann, ben] = await register('ann', 'ben');
      const sent = await ben.api.post(at(ann.username), { content: 'farewell' });
      const direct = at((sent.body as Message).conversationId);
      const group = await createGroup(ann, ben);
      await ben.api.post(group, { content: 'farewell, all' });
      expect(outcomeOf(await leave(ben))).toBe('204');
      for (const route of [direct, group]) {
        await untilForgotten(ben, ann, route);
        const first = (await ann.api.get(`${route}/messages/1`)).body;
        expect(first).toMatchObject({ sender: 'deleted', senderId: ben.id });
        await expectLogToTellAll(ann, route);
      }
      const { members } = (await ann.api.get(direct)).body as Conversation;
      expect(members.map(({ username }) => username).toSorted()).toEqual([ann.username, 'deleted']);
      expect(outcomeOf(await ann.api.post(direct, { content: 'are you there?' }))).toBe('403 forbidden');
    });

    it('has a name that leads nowhere and is never given again', async () => {
      const [ann, ben] = await register('ann', 'ben');
      await ben.api.post(at(ann.username), { content: 'farewell' });
      expect(outcomeOf(await leave(ben))).toBe('204');
      const { id, username } = ben;
      for (const route of [at(username), `/api/v1/users/${username}`]) {
        const isUnknown = async () => outcomeOf(await ann.api.get(route)) === '404 user_not_found';
        await waitFor(isUnknown, { what: `${route} to be unknown` });
      }
      const left = { id, username: 'deleted', displayName: 'deleted', deleted: true };
      expect((await ann.api.get(`/api/v1/users/${id}`)).body).toEqual(left);
      const again = await ann.api.post('/api/v1/users', { username, password: 'natter-demo' });
      expect(outcomeOf(again)).toBe('409 username_taken');
    });

    it('leaves its groups to the longest-serving admin', async () => {
      const [ann, ben, cid] = await register('ann', 'ben', 'cid');
      const group = await createGroup(ann, ben, cid);
      await ann.api.put(`${group}/members/${cid.username}`, { role: 'admin' });
      expect(outcomeOf(await leave(ann))).toBe('204');
      const rolesNow = async () =>
        ((await cid.api.get(group)).body as Conversation).members.map(({ id, role }) => [id, role]);
      await waitFor(async () => (await rolesNow()).length === 2, { what: 'the owner to be gone' });
      expect(await rolesNow()).toEqual([
        [ben.id, 'member'],
        [cid.id, 'owner'],
      ]);
      await expectLogToTellAll(ben, group);
    });
  });
}
