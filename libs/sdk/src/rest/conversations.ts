import type { Conversation, ConversationWithMessages, LogPage, ReadMark } from '../contract-types.ts';
import type { CallOptions, UserApi } from '../http/api.ts';
import { path } from '../http/path.ts';
import type { Page, PageOptions } from './lists.ts';
import { newKey } from './new-key.ts';

export interface NewGroup {
  title: string;
  /** Usernames of the others. */
  members: string[];
}

/** In all of these a conversation is named by its id, or by the username of whom it is with. */
export class Conversations {
  readonly #user: UserApi;

  constructor(user: UserApi) {
    this.#user = user;
  }

  /** Mine, the latest activity first. */
  list(query: PageOptions = {}, options?: CallOptions): Promise<Page<Conversation>> {
    return this.#user.ask({ method: 'GET', path: '/conversations', query }, options);
  }

  /**
   * Makes a group and repeats it until it is known to be made, once.
   *
   * @param key makes it the same group when this is called again, such as after a restart: 16 to 64 letters, digits, `-` or `_`.
   */
  create(
    group: NewGroup,
    { key = newKey(), signal }: CallOptions & { key?: string | undefined } = {},
  ): Promise<Conversation> {
    const headers = { 'idempotency-key': key };
    const request = { method: 'POST', path: '/conversations', body: group, headers } as const;
    return this.#user.ask(request, { signal, repeat: true });
  }

  /** With the newest page of its messages. A direct one that nobody has written in yet has the id null. */
  get(
    conversation: string,
    query: { limit?: number | undefined } = {},
    options?: CallOptions,
  ): Promise<ConversationWithMessages> {
    return this.#user.ask({ method: 'GET', path: path`/conversations/${conversation}`, query }, options);
  }

  rename(conversation: string, change: { title: string }, options?: CallOptions): Promise<Conversation> {
    const request = { method: 'PATCH', path: path`/conversations/${conversation}`, body: change } as const;
    return this.#user.ask(request, options);
  }

  /** Moves my read marker forward to the message with that number; never back. */
  markRead(conversation: string, mark: { seq: number }, options?: CallOptions): Promise<ReadMark> {
    const request = { method: 'PUT', path: path`/conversations/${conversation}/read`, body: mark } as const;
    return this.#user.ask(request, options);
  }

  /** Tells the others that I am writing. Again and again while I do: they are told once in some seconds. */
  sayTyping(conversation: string, options?: CallOptions): Promise<void> {
    return this.#user.ask({ method: 'POST', path: path`/conversations/${conversation}/typing` }, options);
  }

  /** What happened after a rev, without a hole. */
  log(
    conversation: string,
    query: { after?: number | undefined; limit?: number | undefined } = {},
    options?: CallOptions,
  ): Promise<LogPage> {
    return this.#user.ask({ method: 'GET', path: path`/conversations/${conversation}/log`, query }, options);
  }
}
