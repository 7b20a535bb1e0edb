import { describe, expect, it } from '@jest/globals';
import { waitFor } from '@natter/testkit';
import { type ConnectOptions, type Live, type LiveEvent, NatterClient } from '../src/index.ts';
import { FakeChat } from './_fake-chat.ts';
import { answer, refuse } from './_fake-server.ts';
import { FakeTiming } from './_fake-timing.ts';

const basic = { username: 'alice', password: 'natter-demo' };

/** In a word: `snapshot c@3`, `entry c@4`, or the type. */
function nameOf(event: LiveEvent): string {
  if (event.type === 'entry') return `entry ${event.entry.conversationId}@${event.entry.rev}`;
  if (event.type === 'snapshot') return `snapshot ${event.conversation.id}@${event.conversation.rev}`;
  return event.type;
}

/** A client that takes whatever comes. */
class Listener implements AsyncDisposable {
  readonly events: LiveEvent[] = [];
  readonly timing = new FakeTiming();
  readonly live: Live;
  readonly ended: Promise<unknown>;

  constructor({ server: { url } }: FakeChat, options?: ConnectOptions) {
    this.live = new NatterClient({ url, basic, timing: this.timing }).connect(options);
    this.ended = this.#listen().catch((error: unknown) => error);
  }

  get names(): string[] {
    return this.events.map(nameOf);
  }

  get entries(): string[] {
    return this.names.filter((name) => name.startsWith('entry'));
  }

  until(name: string, times = 1): Promise<void> {
    const isThere = () => this.names.filter((one) => one === name).length >= times;
    return waitFor(isThere, { what: `${times} × ${name}` });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.live.close();
    await this.ended;
  }

  async #listen(): Promise<void> {
    for await (const event of this.live) this.events.push(event);
  }
}

describe('a connection', () => {
  it('begins with snapshots, and goes on with what happens, in order', async () => {
    await using chat = await FakeChat.start();
    for (const conversation of ['a', 'a', 'b']) chat.write(conversation);
    await using listener = new Listener(chat);
    await listener.until('connected');
    chat.send('a');
    chat.send('b');
    await listener.until('entry b@2');
    expect(listener.names).toEqual(['snapshot a@2', 'snapshot b@1', 'connected', 'entry a@3', 'entry b@2']);
  });

  it('gives each entry once, and reads from the log what was not told', async () => {
    await using chat = await FakeChat.start();
    chat.pageLimit = 2;
    const first = chat.write('a');
    await using listener = new Listener(chat);
    await listener.until('connected');
    for (let count = 0; count < 5; count += 1) chat.write('a');
    const seventh = chat.send('a');
    chat.push(first);
    chat.push(seventh);
    chat.send('a');
    await listener.until('entry a@8');
    expect(listener.entries).toEqual([2, 3, 4, 5, 6, 7, 8].map((rev) => `entry a@${rev}`));
  });

  it('goes on after it was cut with what it missed, whatever comes twice', async () => {
    await using chat = await FakeChat.start();
    chat.write('a');
    await using listener = new Listener(chat);
    for (let count = 1; count <= 3; count += 1) {
      await listener.until('connected', count);
      chat.send('a');
      chat.server.cut();
      chat.write('a');
      chat.repeats = count;
    }
    await listener.until('connected', 4);
    expect(listener.entries).toEqual([2, 3, 4, 5, 6, 7].map((rev) => `entry a@${rev}`));
    expect(listener.names.filter((name) => name === 'disconnected')).toHaveLength(3);
  });

  it('reads the rest from the log where more was missed than a page has', async () => {
    await using chat = await FakeChat.start();
    chat.write('a');
    await using listener = new Listener(chat);
    await listener.until('connected');
    chat.pageLimit = 3;
    for (let count = 0; count < 10; count += 1) chat.write('a');
    chat.server.cut();
    await listener.until('connected', 2);
    expect(listener.entries).toEqual(Array.from({ length: 10 }, (_, index) => `entry a@${index + 2}`));
    expect(listener.names.at(-2)).toBe('conversation');
  });

  it('goes on from a position that was kept', async () => {
    await using chat = await FakeChat.start();
    chat.write('a');
    const first = new Listener(chat);
    await first.until('connected');
    chat.send('a');
    await first.until('entry a@2');
    await first[Symbol.asyncDispose]();
    const position = JSON.parse(JSON.stringify(first.live.position));
    chat.write('a');
    chat.repeats = 9;
    await using second = new Listener(chat, { position });
    await second.until('connected');
    expect(second.names).toEqual(['entry a@3', 'conversation', 'connected']);
    expect(second.live.position).toMatchObject({ cursor: 'c-3', revs: { a: 3 } });
  });

  it('goes on in the middle of the snapshots that it began with', async () => {
    await using chat = await FakeChat.start();
    for (const conversation of ['a', 'b']) chat.write(conversation);
    const messages = { data: [], page: {} };
    const pages = ['a', 'b'].map((id) => ({ conversation: { id, rev: 1, epoch: chat.epoch }, messages }));
    chat.server.answerBy((request, response) => {
      const after = request.query.get('after');
      if (request.path !== '/sync' || after === 'c-2') return chat.answer(request, response);
      if (after === null)
        return answer(response, 200, { cursor: 'middle', conversations: [pages[0]], hasMore: true });
      if (chat.server.requests.length < 4) return refuse(response, 503, 'service_unavailable');
      answer(response, 200, { cursor: 'c-2', conversations: pages, hasMore: false });
    });
    await using listener = new Listener(chat);
    await listener.until('connected');
    expect(listener.names).toEqual([
      'snapshot a@1',
      'disconnected',
      'disconnected',
      'snapshot b@1',
      'connected',
    ]);
  });

  it.each([
    ['says so', (chat: FakeChat) => chat.tell('reset', {}, 'c-0')],
    ['shows another epoch in a log', (chat: FakeChat) => chat.push({ ...chat.write('a'), rev: 9 })],
    ['shows another epoch in a sync', (chat: FakeChat) => chat.server.cut()],
  ])('starts anew where the server was put back to an earlier moment and %s', async (_, find) => {
    await using chat = await FakeChat.start();
    for (let count = 0; count < 5; count += 1) chat.write('a');
    await using listener = new Listener(chat);
    await listener.until('connected');
    chat.restore('epoch-2');
    chat.write('a');
    chat.repeats = 99;
    find(chat);
    await listener.until('connected', 2);
    chat.send('a');
    await waitFor(() => listener.entries.length > 0, { what: 'an entry' });
    const reset = listener.names.indexOf('reset');
    expect(listener.names[reset + 1]).toMatch(/^snapshot a@[12]$/);
    expect(listener.live.position?.epoch).toBe('epoch-2');
  });

  it('starts anew where the server does not know its cursor', async () => {
    await using chat = await FakeChat.start();
    chat.write('a');
    const position = { cursor: 'foreign', beginning: false, epoch: 'epoch-0', revs: { a: 7 } };
    chat.server.answerBy((request, response) =>
      request.query.get('after') === 'foreign'
        ? refuse(response, 400, 'cursor_invalid')
        : chat.answer(request, response),
    );
    await using listener = new Listener(chat, { position });
    await listener.until('connected');
    expect(listener.names).toEqual(['reset', 'snapshot a@1', 'connected']);
  });

  it('begins a conversation that the user joins with what made them a member', async () => {
    await using chat = await FakeChat.start();
    await using listener = new Listener(chat);
    await listener.until('connected');
    for (let count = 0; count < 6; count += 1) chat.write('a');
    chat.send('a');
    chat.send('a');
    await listener.until('entry a@8');
    expect(listener.entries).toEqual(['entry a@7', 'entry a@8']);
  });

  it('gives whoever was removed what they still may have', async () => {
    await using chat = await FakeChat.start();
    chat.write('a');
    await using listener = new Listener(chat);
    await listener.until('connected');
    chat.server.answerBy((_request, response) => refuse(response, 404, 'conversation_not_found'));
    chat.write('a');
    chat.send('a');
    await listener.until('entry a@3');
    expect(listener.entries).toEqual(['entry a@3']);
  });

  it('passes on what is ephemeral, and nothing that it does not know', async () => {
    await using chat = await FakeChat.start();
    await using listener = new Listener(chat);
    await listener.until('connected');
    chat.tell('typing', { conversationId: 'a', userId: 'u-2' });
    chat.tell('forecast', { conversationId: 'a' });
    chat.tell('presence', { userId: 'u-2' });
    await listener.until('presence');
    expect(listener.events.slice(1)).toEqual([
      { type: 'typing', data: { conversationId: 'a', userId: 'u-2' } },
      { type: 'presence', data: { userId: 'u-2' } },
    ]);
  });

  it('waits longer each time that it fails, and as long as the server says', async () => {
    await using chat = await FakeChat.start();
    chat.server.answerBy((request, response) => {
      const failures = chat.server.requests.length;
      if (failures > 4) return chat.answer(request, response);
      refuse(response, 503, 'overloaded', failures === 4 ? { 'retry-after': '9' } : {});
    });
    await using listener = new Listener(chat);
    await listener.until('connected');
    expect(listener.timing.slept).toEqual([125, 250, 500, 9_000]);
  });

  it('waits longer each time however long it took to fail, and no longer once a connection lasted', async () => {
    await using chat = await FakeChat.start();
    chat.server.answerBy((request, response) => {
      if (chat.server.requests.length > 3) return chat.answer(request, response);
      listener.timing.pass(3_000);
      refuse(response, 503, 'service_unavailable');
    });
    await using listener = new Listener(chat);
    await listener.until('connected');
    listener.timing.pass(3_000);
    chat.server.cut();
    await listener.until('connected', 2);
    expect(listener.timing.slept).toEqual([125, 250, 500, 125]);
  });

  it('ends with the session, and says why', async () => {
    await using chat = await FakeChat.start();
    await using listener = new Listener(chat);
    await listener.until('connected');
    chat.server.answerBy((_request, response) => refuse(response, 401, 'invalid_credentials'));
    chat.server.cut();
    expect(await listener.ended).toMatchObject({ code: 'invalid_credentials' });
    expect(listener.names.at(-1)).toBe('disconnected');
  });

  it('is closed where it is closed, or iterated no more', async () => {
    await using chat = await FakeChat.start();
    const listener = new Listener(chat);
    await listener.until('connected');
    listener.live.close();
    expect(await listener.ended).toBeUndefined();
    const { url } = chat.server;
    for await (const event of new NatterClient({ url, basic }).connect()) {
      if (event.type === 'connected') break;
    }
    await waitFor(() => chat.streams === 0, { what: 'both connections to be closed' });
  });
});
