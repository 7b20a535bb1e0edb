import type { ServerResponse } from 'node:http';
import type { Conversation, Entry } from '../src/index.ts';
import { answer, FakeServer, type Request, refuse } from './_fake-server.ts';

const time = '2026-01-01T12:00:00.000Z';

/** Logs of conversations, and what the routes for live clients make of them. Everybody is a member of everything. */
export class FakeChat implements AsyncDisposable {
  epoch = 'epoch-1';
  /** Entries of one conversation that a sync gives at most. */
  pageLimit = 100;
  /** How much of what a sync gave already it gives once more. */
  repeats = 0;
  server!: FakeServer;
  /** In the order in which they were appended; a cursor is a place in it. */
  #entries: Entry[] = [];
  readonly #streams = new Set<ServerResponse>();

  static async start(): Promise<FakeChat> {
    const chat = new FakeChat();
    chat.server = await FakeServer.start((request, response) => chat.answer(request, response));
    return chat;
  }

  get streams(): number {
    return this.#streams.size;
  }

  logOf(conversationId: string): Entry[] {
    return this.#entries.filter((entry) => entry.conversationId === conversationId);
  }

  /** Appends a message, and tells nobody. */
  write(conversationId: string): Entry {
    const rev = this.logOf(conversationId).length + 1;
    const head = { conversationId, rev, seq: rev, actor: 'bob', actorId: 'u-2', at: time };
    const data = { messageId: `${conversationId}-${rev}`, content: `${rev}`, replyTo: null, mentions: [] };
    const entry: Entry = { ...head, type: 'message.sent', data };
    this.#entries.push(entry);
    return entry;
  }

  /** Appends a message, and tells everybody who is connected. */
  send(conversationId: string): Entry {
    const entry = this.write(conversationId);
    this.push(entry);
    return entry;
  }

  push(entry: Entry): void {
    this.tell(entry.type, entry, `c-${this.#entries.length}`);
  }

  tell(type: string, data: unknown, id?: string): void {
    const event = `event: ${type}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
    for (const stream of this.#streams) stream.write(event);
  }

  /** Everything that there was is gone, as after the restore of an older backup. */
  restore(epoch: string): void {
    this.epoch = epoch;
    this.#entries = [];
  }

  answer(request: Request, response: ServerResponse): void {
    const { path, query } = request;
    const after = query.get('after');
    if (path === '/sync') return answer(response, 200, after === null ? this.#snapshot() : this.#sync(after));
    if (path === '/events') return this.#stream(String(after), response);
    const [, conversation] = /^\/conversations\/([^/]+)\/log$/.exec(path) ?? [];
    if (conversation === undefined) return refuse(response, 404, 'not_found');
    answer(response, 200, this.#log(conversation, Number(after)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server[Symbol.asyncDispose]();
  }

  #snapshot() {
    const ids = [...new Set(this.#entries.map(({ conversationId }) => conversationId))];
    const page = { hasBefore: false, hasAfter: false, seq: 0, epoch: this.epoch, limit: 50 };
    const messages = { data: [], page };
    const conversations = ids.map((id) => ({ conversation: this.#show(id), messages }));
    return { cursor: `c-${this.#entries.length}`, conversations, hasMore: false };
  }

  #sync(after: string) {
    const place = Math.max(0, Number(after.slice(2)) - this.repeats);
    const changed = Map.groupBy(this.#entries.slice(place), ({ conversationId }) => conversationId);
    const conversations = [...changed].map(([id, entries]) => ({
      conversation: this.#show(id),
      entries: entries.slice(0, this.pageLimit),
      hasMore: entries.length > this.pageLimit,
    }));
    return { cursor: `c-${this.#entries.length}`, conversations, hasMore: false };
  }

  #stream(after: string, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': hello\n\n');
    this.#streams.add(response);
    response.on('close', () => this.#streams.delete(response));
    for (const entry of this.#entries.slice(Number(after.slice(2)))) this.push(entry);
  }

  #log(conversation: string, after: number) {
    const log = this.logOf(conversation);
    const data = log.slice(after, after + this.pageLimit);
    const hasAfter = after + data.length < log.length;
    return { data, page: { hasAfter, rev: log.length, epoch: this.epoch, limit: this.pageLimit } };
  }

  #show(id: string): Conversation & { id: string } {
    const { length } = this.logOf(id);
    const state = { seq: length, rev: length, epoch: this.epoch, readSeq: 0, unread: length };
    const shown = { lastMessage: null, updated: time, members: [], memberCount: 0 };
    return { id, kind: 'group', title: 'Garden', ...state, ...shown };
  }
}
