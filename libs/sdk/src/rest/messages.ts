import type { Message, MessagePage } from '../contract-types.ts';
import type { CallOptions, UserApi } from '../http/api.ts';
import { path } from '../http/path.ts';
import type { Page, PageOptions } from './lists.ts';
import { newKey } from './new-key.ts';

export interface NewMessage {
  content: string;
  /** The number of the message that this one answers. */
  replyTo?: number | undefined;
  /**
   * Makes it the same message when it is sent again, such as after a restart of the client: 16 to 64 letters, digits, `-`
   * or `_`. One is made up where none is given.
   */
  clientMessageId?: string | undefined;
}

/** At most one of the positions; without any the newest page. */
export interface MessagePageOptions {
  before?: number | undefined;
  after?: number | undefined;
  around?: number | undefined;
  limit?: number | undefined;
}

export interface FoundMessages extends Page<Message> {
  /** `behind`: how many entries the search has yet to take in. */
  page: Page<Message>['page'] & { behind: number };
}

/** In all of these a conversation is named by its id, or by the username of whom it is with. */
export class Messages {
  readonly #user: UserApi;

  constructor(user: UserApi) {
    this.#user = user;
  }

  /** Oldest to newest. */
  list(conversation: string, query: MessagePageOptions = {}, options?: CallOptions): Promise<MessagePage> {
    return this.#user.ask(
      { method: 'GET', path: path`/conversations/${conversation}/messages`, query },
      options,
    );
  }

  /**
   * Sends a message and repeats it until it is known to be stored, once, or known not to be. It waits for as long as that
   * takes, and gives up at the signal alone.
   *
   * @throws {NatterClientError} which is final: the message was not sent.
   */
  send(conversation: string, message: NewMessage, { signal }: CallOptions = {}): Promise<Message> {
    const body = { ...message, clientMessageId: message.clientMessageId ?? newKey() };
    const request = { method: 'POST', path: path`/conversations/${conversation}/messages`, body } as const;
    return this.#user.ask(request, { signal, repeat: true });
  }

  get(conversation: string, seq: number, options?: CallOptions): Promise<Message> {
    return this.#user.ask({ method: 'GET', path: messagePath(conversation, seq) }, options);
  }

  /** @param change `ifRev`: only while the message's `rev` is this; else `precondition_failed`. */
  edit(
    conversation: string,
    seq: number,
    { content, ifRev }: { content: string; ifRev?: number | undefined },
    options?: CallOptions,
  ): Promise<Message> {
    const headers = ifRev === undefined ? undefined : { 'if-match': `"${ifRev}"` };
    const where = messagePath(conversation, seq);
    return this.#user.ask({ method: 'PATCH', path: where, body: { content }, headers }, options);
  }

  delete(conversation: string, seq: number, options?: CallOptions): Promise<void> {
    return this.#user.ask({ method: 'DELETE', path: messagePath(conversation, seq) }, options);
  }

  addReaction(conversation: string, seq: number, emoji: string, options?: CallOptions): Promise<Message> {
    return this.#user.ask({ method: 'PUT', path: reactionPath(conversation, seq, emoji) }, options);
  }

  removeReaction(conversation: string, seq: number, emoji: string, options?: CallOptions): Promise<Message> {
    return this.#user.ask({ method: 'DELETE', path: reactionPath(conversation, seq, emoji) }, options);
  }

  /** Newest first, in one conversation or in all of mine: every word of `q` begins a word of theirs. */
  search(
    { conversation, ...query }: PageOptions & { q: string; conversation?: string | undefined },
    options?: CallOptions,
  ): Promise<FoundMessages> {
    const where = conversation === undefined ? '' : path`/conversations/${conversation}/messages`;
    return this.#user.ask({ method: 'GET', path: `${where}/search`, query }, options);
  }
}

function messagePath(conversation: string, seq: number): string {
  return path`/conversations/${conversation}/messages/${seq}`;
}

function reactionPath(conversation: string, seq: number, emoji: string): string {
  return path`/conversations/${conversation}/messages/${seq}/reactions/${emoji}`;
}
