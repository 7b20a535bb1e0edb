import { describe, expect, it } from '@jest/globals';
import { waitFor } from '@natter/testkit';
import type { Installation } from '../_client.ts';
import { EventStream, type StreamedEvent } from '../_event-stream.ts';
import type { Person, RegisterPeople } from './people.ts';
import { createGroup, outcomeOf } from './requests.ts';

type Members<Member> = Record<'ann' | 'ben' | 'cat', Member>;

/** A group of three, each with a stream at another gateway than the one before. */
async function connectedGroup(register: RegisterPeople, installation: Installation) {
  const [ann, ben, cat] = await register('ann', 'ben', 'cat');
  const group = await createGroup(ann, ben, cat);
  const gateways = await installation.gateways();
  const open = (person: Person, index: number) =>
    EventStream.open(String(gateways[index % gateways.length]), person.username);
  const streams: Members<EventStream> = {
    ann: await open(ann, 0),
    ben: await open(ben, 1),
    cat: await open(cat, 2),
  };
  const people: Members<Person> = { ann, ben, cat };
  let messages = 0;
  /** What came to each until now, but for who is there. */
  const passed = async () => {
    messages += 1;
    const content = `the ${messages}th`;
    await ann.api.post(`${group}/messages`, { content });
    const taken = Object.values(streams).map((stream) =>
      stream.upTo('message.sent', (entry) => (entry['data'] as { content: string }).content === content),
    );
    return (await Promise.all(taken)).map(withoutPresence);
  };
  return { people, group, streams, passed };
}

const withoutPresence = (events: StreamedEvent[]) =>
  events.filter(({ event }) => event === 'receipt' || event === 'typing');

/** Of somebody who is there, or was not seen. */
const of = (person: Person) => ({ userId: person.id, username: person.username, lastSeen: null });

const looks = async (viewer: Person, at: Person) =>
  (await viewer.api.get(`/api/v1/users/${at.username}/presence`)).body;

const toRead = (seq: number) => ({ seq });

export function describeWhatPasses(register: RegisterPeople, installation: () => Installation): void {
  describe('of what passes', () => {
    it('the others hear who has read how far and who is writing, and nobody what is private or blocked', async () => {
      const { people, group, streams, passed } = await connectedGroup(register, installation());
      const { ann, ben, cat } = people;
      await passed();
      const typing = () => ben.api.ask({ method: 'POST', path: `${group}/typing` });

      expect((await ben.api.put(`${group}/read`, toRead(1))).status).toBe(200);
      expect(outcomeOf(await typing())).toBe('204');
      for (const stream of [streams.ann, streams.cat]) {
        const [receipt, written] = withoutPresence(
          await stream.upTo('typing', ({ userId }) => userId === ben.id),
        );
        const whose = { conversationId: group.split('/').at(-1), userId: ben.id, username: ben.username };
        expect(receipt).toEqual({ event: 'receipt', data: { ...whose, readSeq: 1 } });
        expect(written).toEqual({ event: 'typing', data: { ...whose, expiresIn: 5 } });
      }
      expect((await passed()).map((events) => events.map(({ event }) => event))).toEqual([
        [],
        ['receipt'],
        [],
      ]);

      await cat.api.put(`/api/v1/blocks/${ben.username}`);
      await ann.api.patch('/api/v1/users/me', { receipts: 'private' });
      const readSeqOf = async () => {
        const { body } = await ben.api.get(`${group}/members`);
        const { data } = body as { data: { id: string; readSeq: number | null }[] };
        return data.find(({ id }) => id === ann.id)?.readSeq;
      };
      const isHidden = async () =>
        (await Promise.all(Array.from({ length: 12 }, readSeqOf))).every((readSeq) => readSeq === null);
      await waitFor(isHidden, { what: 'the marker to be hidden' });
      await ann.api.put(`${group}/read`, toRead(2));
      await ben.api.put(`${group}/read`, toRead(2));
      await streams.ann.upTo('receipt', ({ userId }) => userId === ben.id);
      await streams.ben.upTo('receipt');
      expect(await passed()).toEqual([[], [], []]);
      for (const stream of Object.values(streams)) stream.close();
    });
  });

  describe('who is there', () => {
    it('is told to those who share a conversation, and shown to them alone', async () => {
      const { people, streams } = await connectedGroup(register, installation());
      const { ann, ben, cat } = people;
      const [{ data }] = (await streams.ann.upTo('presence', ({ userId }) => userId === cat.id)).slice(
        -1,
      ) as [StreamedEvent];
      expect(data).toEqual({ ...of(cat), status: 'online' });
      await streams.cat.upTo('presence', ({ userId }) => userId === ann.id);

      expect(outcomeOf(await ben.api.put('/api/v1/users/me/presence', { status: 'away' }))).toBe('204');
      await streams.cat.upTo('presence', ({ userId, status }) => userId === ben.id && status === 'away');
      await waitFor(async () => ((await looks(cat, ben)) as { status: string }).status === 'away', {
        what: 'every gateway to know',
      });

      await cat.api.put(`/api/v1/blocks/${ann.username}`);
      const [stranger] = await register('dan');
      for (const viewer of [ann, stranger])
        expect(await looks(viewer, cat)).toEqual({ ...of(cat), status: 'offline' });
      expect(await looks(cat, ann)).toEqual({ ...of(ann), status: 'offline' });
      expect(outcomeOf(await ann.api.get('/api/v1/users/nobody-at-all/presence'))).toBe('404 user_not_found');
      for (const stream of Object.values(streams)) stream.close();
    });
  });
}
