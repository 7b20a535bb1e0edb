import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer } from '../_client.ts';
import { readLog } from './conversation-reader.ts';
import type { Person, RegisterPeople } from './people.ts';
import { at, contentsOf, conversations, createGroup, outcomeOf, reactionTo } from './requests.ts';

const twentyKinds = Array.from('😀😃😄😁😆😅😂🙂🙃😉😊😇🥰😍🤩😘😗😚😙😋');

const longTitle = 'x'.repeat(101);

const mentionOf = (people: readonly Person[]) => people.map(({ username }) => `@${username}`).join(' ');

/** The group has two members and one message; the same was said in their direct conversation. */
export function describeBadInput(register: RegisterPeople): void {
  describe('bad input', () => {
    let ann: Person;
    let ben: Person;
    let group: string;
    let direct: string;
    let revs: number[];

    const revsNow = async () =>
      (await Promise.all([group, direct].map((route) => readLog(ann.api, route)))).map(
        ({ length }) => length,
      );

    beforeAll(async () => {
      [ann, ben] = await register('ann', 'ben');
      group = await createGroup(ann, ben);
      direct = at(ben.username);
      for (const route of [group, direct]) await ann.api.post(route, { content: 'hello' });
      revs = await revsNow();
    });
    afterEach(async () => expect(await revsNow()).toEqual(revs));

    it.each<[string, string, () => Promise<Answer>]>([
      ['a message that is not there', '404 message_not_found', () => ann.api.get(`${group}/messages/2`)],
      [
        'an edit of none',
        '404 message_not_found',
        () => ann.api.patch(`${group}/messages/2`, { content: 'a' }),
      ],
      ['a deletion of none', '404 message_not_found', () => ann.api.delete(`${direct}/messages/2`)],
      [
        'a reaction to none',
        '404 message_not_found',
        () => ann.api.put(reactionTo(`${direct}/messages/2`, '👍')),
      ],
      [
        'an answer to none',
        '400 validation_failed',
        () => ann.api.post(direct, { content: 'a', replyTo: 2 }),
      ],
      ['an empty title', '400 validation_failed', () => ann.api.patch(group, { title: '' })],
      ['a blank title', '400 validation_failed', () => ann.api.patch(group, { title: ' \u200b' })],
      ['an over-long title', '400 validation_failed', () => ann.api.patch(group, { title: longTitle })],
      [
        'an unknown role',
        '400 validation_failed',
        () => ann.api.put(`${group}/members/${ben.username}`, { role: 'king' }),
      ],
      ['an unknown member', '404 user_not_found', () => ann.api.put(`${group}/members/nobody-at-all`)],
      ['the last owner going', '409 last_owner', () => ann.api.delete(`${group}/members/me`)],
      [
        'the last owner removed by name',
        '409 last_owner',
        () => ann.api.delete(`${group}/members/${ann.username}`),
      ],
      [
        'the last owner stepping down',
        '409 last_owner',
        () => ann.api.put(`${group}/members/${ann.username}`, { role: 'member' }),
      ],
      [
        'two clusters of emoji',
        '400 validation_failed',
        () => ann.api.put(reactionTo(`${group}/messages/1`, '👍👍')),
      ],
      [
        'a letter for an emoji',
        '400 validation_failed',
        () => ann.api.put(reactionTo(`${group}/messages/1`, 'a')),
      ],
      ['reading beyond the head', '400 validation_failed', () => ann.api.put(`${group}/read`, { seq: 2 })],
      ['a title for a direct conversation', '403 forbidden', () => ann.api.patch(direct, { title: 'Us' })],
      ['members of a direct conversation', '403 forbidden', () => ann.api.get(`${direct}/members`)],
      ['a third in a direct conversation', '403 forbidden', () => ann.api.put(`${direct}/members/alice`)],
      ['leaving a direct conversation', '403 forbidden', () => ann.api.delete(`${direct}/members/me`)],
      ['a block of oneself', '400 validation_failed', () => ann.api.put(`/api/v1/blocks/${ann.username}`)],
      ['a block of nobody', '404 user_not_found', () => ann.api.put('/api/v1/blocks/nobody-at-all')],
      [
        'an unknown cursor of conversations',
        '400 cursor_invalid',
        () => ann.api.get(`${conversations}?cursor=x`),
      ],
      ['an unknown cursor of members', '400 cursor_invalid', () => ann.api.get(`${group}/members?cursor=x`)],
      [
        'an unknown cursor of a search',
        '400 cursor_invalid',
        () => ann.api.get('/api/v1/search?q=a&cursor=x'),
      ],
      ['an unknown cursor of blocks', '400 cursor_invalid', () => ann.api.get('/api/v1/blocks?cursor=x')],
    ])('of %s is %s', async (_what, outcome, ask) => {
      expect(outcomeOf(await ask())).toBe(outcome);
    });

    it('of a group with unknown members, or no title to speak of, makes none', async () => {
      for (const [body, outcome] of [
        [{ title: 'Garden', members: ['nobody-at-all'] }, '404 user_not_found'],
        [{ title: longTitle, members: [] }, '400 validation_failed'],
        [{ title: ' ', members: [] }, '400 validation_failed'],
      ] as const) {
        expect(outcomeOf(await ann.api.post(conversations, body))).toBe(outcome);
      }
      expect(((await ann.api.get(conversations)).body as { data: object[] }).data).toHaveLength(2);
    });

    it('of a position beyond the head finds an empty page', async () => {
      const messages = await ann.api.get(`${group}/messages?after=9`);
      expect([messages.status, contentsOf(messages)]).toEqual([200, []]);
      const log = await ann.api.get(`${group}/log?after=9`);
      expect(log.body).toEqual({
        data: [],
        page: { hasAfter: false, rev: revs[0], epoch: expect.any(String), limit: 50 },
      });
    });
  });

  it('a stranger whom a message mentions stays text', async () => {
    const [ann, ben, cid] = await register('ann', 'ben', 'cid');
    const content = mentionOf([ben, cid]);
    const sent = await ann.api.post(at(ben.username), { content });
    expect(sent.body).toMatchObject({ content, mentions: [ben.id] });
  });

  it('a 21st kind of reaction is refused, one more of a kind is not', async () => {
    const [ann, ben] = await register('ann', 'ben');
    const sent = await ann.api.post(at(ben.username), { content: 'hello' });
    const message = String(sent.headers.get('location'));
    for (const emoji of twentyKinds) expect((await ann.api.put(reactionTo(message, emoji))).status).toBe(200);
    const { length } = await readLog(ann.api, at(ben.username));
    expect(outcomeOf(await ben.api.put(reactionTo(message, '🦆')))).toBe('400 validation_failed');
    expect(await readLog(ann.api, at(ben.username))).toHaveLength(length);
    expect((await ben.api.put(reactionTo(message, '😀'))).status).toBe(200);
  });

  it('51 mentions are too many, 50 are not', async () => {
    const many = await register(...Array.from({ length: 51 }, () => 'ann'));
    const [ann, ...others] = many as [Person, ...Person[]];
    const group = await createGroup(ann, ...others);
    expect(outcomeOf(await ann.api.post(group, { content: mentionOf(many) }))).toBe('400 validation_failed');
    expect(await readLog(ann.api, group)).toHaveLength(1);
    expect(outcomeOf(await ann.api.post(group, { content: mentionOf(others) }))).toBe('201');
  });
}
