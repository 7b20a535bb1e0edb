import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { Answer } from '../_client.ts';
import type { Person, RegisterPeople } from './people.ts';
import { at, conversations, createGroup, outcomeOf, reactionTo } from './requests.ts';

/** What is promised: from a second after the answer on, a block or its end holds on every replica. */
const tillItHolds = () => delay(1_000);

const sameRequest = { 'x-request-id': 'the-same' };

/** Often enough for each gateway and each messaging process. */
const often = <T>(ask: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: 6 }, ask));

const send = ({ api }: Person, { username }: Person) =>
  api.post(at(username), { content: 'hello' }, sameRequest);

const react = ({ api }: Person, { username }: Person) =>
  api.put(reactionTo(`${at(username)}/messages/1`, '👍'), undefined, sameRequest);

/** Byte for byte the same refusal. */
function expectSameRefusal(answers: Answer[]): void {
  expect(new Set(answers.map(outcomeOf))).toEqual(new Set(['403 forbidden']));
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
}

export function describeBlocks(register: RegisterPeople): void {
  describe('a block', () => {
    it('keeps both from writing, and tells neither whose it is', async () => {
      const [ann, ben] = await register('ann', 'ben');
      await often(() => send(ann, ben));
      const read = async () => [
        (await ann.api.get(at(ben.username))).body,
        (await ben.api.get(at(ann.username))).body,
      ];
      const before = await read();
      const block = `/api/v1/blocks/${ben.username}`;
      for (let n = 1; n <= 2; n += 1) expect(outcomeOf(await ann.api.put(block))).toBe('204');
      expect((await ann.api.get('/api/v1/blocks')).body).toMatchObject({ data: [{ id: ben.id }] });
      expect((await ben.api.get('/api/v1/blocks')).body).toMatchObject({ data: [] });
      await tillItHolds();
      expectSameRefusal([
        ...(await often(() => send(ann, ben))),
        ...(await often(() => send(ben, ann))),
        ...(await often(() => react(ann, ben))),
        ...(await often(() => react(ben, ann))),
      ]);
      expect(await read()).toEqual(before);

      for (let n = 1; n <= 2; n += 1) expect(outcomeOf(await ann.api.delete(block))).toBe('204');
      await tillItHolds();
      expect(new Set((await often(() => send(ben, ann))).map(outcomeOf))).toEqual(new Set(['201']));
    });

    it('keeps a first message from beginning a conversation', async () => {
      const [ann, ben] = await register('ann', 'ben');
      await ben.api.put(`/api/v1/blocks/${ann.username}`);
      await tillItHolds();
      expectSameRefusal([...(await often(() => send(ann, ben))), await send(ben, ann)]);
      expect((await ann.api.get(at(ben.username))).body).toMatchObject({ id: null, seq: 0 });
    });

    it('keeps the blocked from putting the other into a group, but not the other way round', async () => {
      const [ann, ben] = await register('ann', 'ben');
      await ann.api.put(`/api/v1/blocks/${ben.username}`);
      const garden = await createGroup(ben);
      await tillItHolds();
      for (const refused of [
        ...(await often(() => ben.api.post(conversations, { title: 'Trap', members: [ann.username] }))),
        ...(await often(() => ben.api.put(`${garden}/members/${ann.username}`))),
      ]) {
        expect(outcomeOf(refused)).toBe('403 forbidden');
      }
      expect((await ann.api.get(conversations)).body).toMatchObject({ data: [] });
      const group = await createGroup(ann, ben);
      expect((await ben.api.post(group, { content: 'hello' })).status).toBe(201);
    });
  });
}
