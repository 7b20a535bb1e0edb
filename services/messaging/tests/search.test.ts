import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  addReaction,
  deleteMessage,
  editMessage,
  type Message,
  removeMember,
  searchMessages,
  setMember,
} from '@natter/contracts';
import { waitFor } from '@natter/testkit';
import type { Message as MessageState } from '../src/domain/message.ts';
import { openDatabase } from './_database.ts';
import { makeGroup } from './_groups.ts';
import { askAll, outcomesOf } from './_replicas.ts';
import { openStack, type Stack } from './_stack.ts';

interface Search {
  conversation?: { id: string } | { with: string };
  limit?: number;
  cursor?: string;
}

describe('the search, served by two messaging services', () => {
  let stack: Stack;
  let database: Awaited<ReturnType<typeof openDatabase>>;

  beforeAll(async () => {
    stack = await openStack();
    database = await openDatabase(stack.settings);
    await Promise.all([stack.start(), stack.start()]);
  });
  afterAll(async () => {
    await stack.stop();
    await database.close();
  });

  const search = (who: string, q: string, { limit = 50, ...rest }: Search = {}) =>
    stack.as(who).call(searchMessages, { q, limit, ...rest });
  const found = async (who: string, q: string, where: Search = {}) =>
    (await search(who, q, where)).messages.map(({ content }) => content);
  const caughtUp = () =>
    waitFor(async () => (await search('grace', 'anything')).behind === 0, {
      what: 'the search to catch up',
    });
  const say = async (who: string, conversation: { id: string } | { with: string }, ...contents: string[]) => {
    const sent: Message[] = [];
    for (const content of contents) {
      sent.push((await stack.as(who).send({ conversation, content })).message);
    }
    return sent;
  };
  /** All pages, with what happens between them. */
  const allPages = async (who: string, q: string, { limit, ...where }: Search, between = async () => {}) => {
    const messages: Message[] = [];
    let cursor: string | undefined;
    do {
      const page = await search(who, q, { ...where, limit, cursor });
      expect(page.messages.length).toBeLessThanOrEqual(limit ?? 0);
      messages.push(...page.messages);
      cursor = page.next ?? undefined;
      await between();
    } while (cursor !== undefined);
    return messages;
  };

  it('finds messages by words and beginnings of words in any script, newest first', async () => {
    const conversation = await makeGroup(stack, 'alice', 'bob');
    const texts = ['The quick brown fox', 'Quicksilver Привет', '東京都に住んでいます', 'สวัสดีครับ foxtrot'];
    await say('alice', conversation, ...texts);
    await caughtUp();
    const [fox, silver, tokyo, thai] = texts;
    for (const [q, expected] of [
      ['quick', [silver, fox]],
      ['QUI', [silver, fox]],
      ['fox quick', [fox]],
      ['fox', [thai, fox]],
      ['при', [silver]],
      ['東京', [tokyo]],
      ['สวัส', [thai]],
      ['uick', []],
      ['quick wolf', []],
    ] as const) {
      expect([q, await found('bob', q, { conversation })]).toEqual([q, expected]);
      expect([q, await found('bob', q)]).toEqual([q, expected]);
    }
  });

  it('shows messages as the other operations do', async () => {
    const [sent] = await say('alice', { with: 'bob' }, 'a rhinoceros');
    await stack.as('bob').call(addReaction, { conversation: { with: 'alice' }, seq: 1, emoji: '👍' });
    await caughtUp();
    const { messages } = await search('alice', 'rhino', { conversation: { with: 'bob' } });
    const reactions = [{ emoji: '👍', count: 1, mine: false }];
    expect(messages).toEqual([{ ...sent, rev: 3, reactions }]);
  });

  it('follows edits', async () => {
    const conversation = await makeGroup(stack, 'alice', 'bob');
    await say('alice', conversation, 'walrus');
    await caughtUp();
    await stack.as('alice').call(editMessage, { conversation, seq: 1, content: 'narwhal' });
    expect(await askAll(() => found('bob', 'walrus', { conversation }))).not.toContainEqual(['walrus']);
    await caughtUp();
    expect(await found('bob', 'narwhal', { conversation })).toEqual(['narwhal']);
    expect(await found('bob', 'walrus', { conversation })).toEqual([]);
  });

  it('does not show a deleted message from the deletion on', async () => {
    const conversation = await makeGroup(stack, 'alice', 'bob');
    await say('alice', conversation, 'ostrich one', 'ostrich two');
    await caughtUp();
    await stack.as('alice').call(deleteMessage, { conversation, seq: 1 });
    const lists = await askAll(() => found('bob', 'ostrich', { conversation }));
    expect(new Set(lists.flat())).toEqual(new Set(['ostrich two']));
    await caughtUp();
    expect(await found('bob', 'ostrich')).toEqual(['ostrich two']);
  });

  it('does not show what messages do not say any more, though they are found by it', async () => {
    const conversation = await makeGroup(stack, 'alice');
    const sent = await say('alice', conversation, 'pelican one', 'pelican two', 'pelican three');
    const states = await database.projections.findMessages(sent.map(({ id }) => id));
    await stack.as('alice').call(deleteMessage, { conversation, seq: 1 });
    await stack.as('alice').call(editMessage, { conversation, seq: 2, content: 'stork' });
    // As if the search stood still at what was said at first.
    await database.search.index(states.map((state): MessageState => ({ ...state, rev: 1_000 })));
    expect(await found('alice', 'pelican', { conversation })).toEqual(['pelican three']);
    expect(await found('alice', 'pelican')).toEqual(['pelican three']);
  });

  it("never finds what is said in other people's conversations", async () => {
    const conversation = await makeGroup(stack, 'alice', 'bob');
    await say('alice', conversation, 'salamander');
    await say('alice', { with: 'bob' }, 'salamander');
    await caughtUp();
    expect(await found('carol', 'salamander')).toEqual([]);
    expect(await found('carol', 'salamander', { conversation: { with: 'alice' } })).toEqual([]);
    const outcomes = await outcomesOf(() => search('carol', 'salamander', { conversation }));
    expect(outcomes).toEqual(['conversation_not_found']);
  });

  it('finds nothing for a former member from the removal on, and all of it for a new one', async () => {
    const conversation = await makeGroup(stack, 'alice', 'bob');
    await say('alice', conversation, 'armadillo');
    await caughtUp();
    expect(await found('bob', 'armadillo')).toEqual(['armadillo']);
    await stack.as('alice').call(removeMember, { conversation, username: 'bob' });
    expect((await askAll(() => found('bob', 'armadillo'))).flat()).toEqual([]);
    const outcomes = await outcomesOf(() => search('bob', 'armadillo', { conversation }));
    expect(outcomes).toEqual(['conversation_not_found']);
    await stack.as('alice').call(setMember, { conversation, username: 'carol' });
    expect(new Set((await askAll(() => found('carol', 'armadillo'))).flat())).toEqual(new Set(['armadillo']));
  });

  it('pages without a gap or a repeat while messages come in', async () => {
    const groups = await Promise.all([1, 2, 3].map(() => makeGroup(stack, 'dave', 'erin')));
    await Promise.all(
      groups.map((group) => say('dave', group, ...Array.from({ length: 7 }, (_, n) => `heron ${n}`))),
    );
    await caughtUp();
    const more = async () => {
      await Promise.all(groups.map((group) => say('erin', group, 'heron late')));
      await caughtUp();
    };
    const [first] = groups as [{ id: string }];
    const one = await allPages('erin', 'heron', { conversation: first, limit: 3 }, more);
    expect(one.map(({ seq }) => seq)).toEqual([7, 6, 5, 4, 3, 2, 1]);

    const { messages: before } = await search('erin', 'heron', { limit: 200 });
    const all = await allPages('erin', 'heron', { limit: 4 }, more);
    expect(all).toEqual(before);
    const ids = all.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted().toReversed());
    expect(all.filter(({ content }) => content !== 'heron late')).toHaveLength(21);
  });

  it('says that there is no further page when the last is full', async () => {
    const conversation = await makeGroup(stack, 'alice');
    await say('alice', conversation, 'gecko 1', 'gecko 2', 'gecko 3', 'gecko 4');
    await caughtUp();
    const { messages, next } = await search('alice', 'gecko', { limit: 4 });
    expect([messages.length, next]).toEqual([4, null]);
  });

  it('goes on with messages that are as long as they can be', async () => {
    const conversation = await makeGroup(stack, 'alice');
    const content = `ibex ${'\u0001'.repeat(16_379)}`;
    await say('alice', conversation, ...Array.from({ length: 12 }, () => content));
    await caughtUp();
    const messages = await allPages('alice', 'ibex', { conversation, limit: 200 });
    expect(messages.map(({ seq }) => seq)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  it('takes no cursor of somebody else or of another search, and none that is none', async () => {
    const conversation = await makeGroup(stack, 'alice', 'bob');
    const other = await makeGroup(stack, 'alice', 'bob');
    await say('alice', conversation, 'lemur', 'lemur');
    await caughtUp();
    const one = (await search('alice', 'lemur', { conversation, limit: 1 })).next as string;
    const all = (await search('alice', 'lemur', { limit: 1 })).next as string;
    for (const attempt of [
      () => search('bob', 'lemur', { conversation, cursor: one }),
      () => search('bob', 'lemur', { cursor: all }),
      () => search('alice', 'lemur', { cursor: one }),
      () => search('alice', 'lemur', { conversation, cursor: all }),
      () => search('alice', 'lemur', { conversation: other, cursor: one }),
      () => search('alice', 'lemur', { cursor: 'bm9uZQ' }),
    ]) {
      expect(await outcomesOf(attempt)).toEqual(['cursor_invalid']);
    }
  });

  it('takes no query without a word', async () => {
    await expect(search('alice', ' …!? ')).rejects.toMatchObject({
      code: 'validation_failed',
      faults: [{ pointer: 'q' }],
    });
  });

  it('takes a pattern for what it is written as', async () => {
    const conversation = await makeGroup(stack, 'alice');
    await say('alice', conversation, 'marmoset');
    await caughtUp();
    for (const q of ['.*', 'mar.*', '^m', 'm$']) {
      expect([q, await found('alice', q, { conversation }).catch(() => [])]).toEqual([
        q,
        q === '^m' || q === 'm$' || q === 'mar.*' ? ['marmoset'] : [],
      ]);
    }
  });

  it('finds nothing in a conversation that nobody has begun', async () => {
    expect(await search('frank', 'hello', { conversation: { with: 'grace' } })).toMatchObject({
      messages: [],
      next: null,
    });
  });

  it('misses nothing that was sent before it while it says that it is not behind', async () => {
    const conversation = await makeGroup(stack, 'frank');
    for (let n = 1; n <= 20; n += 1) {
      await say('frank', conversation, `okapi ${n}`);
      const { messages, behind } = await search('frank', 'okapi', { conversation });
      if (behind === 0) expect(messages).toHaveLength(n);
    }
    await caughtUp();
    expect(await found('frank', 'okapi')).toHaveLength(20);
  });
});
