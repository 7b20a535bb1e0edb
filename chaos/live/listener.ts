import {
  type ConnectOptions,
  type Entry,
  Inbox,
  type Live,
  type LivePosition,
  type NatterClient,
} from '@natter/client';

/** An entry, and when the listener was given it: milliseconds by the clock of the process. */
export type HeardEntry = Entry & { readonly heardAt: number };

/** A client that takes what it is told, remembers all of it, and makes an inbox of it. */
export class Listener {
  readonly client: NatterClient;
  readonly inbox: Inbox;
  /** Every entry that it was given, in that order. */
  readonly entries: HeardEntry[] = [];
  /** Whom it was told of that they are writing. */
  readonly typing = new Set<string>();
  /** Of each conversation: the rev that its entries begin after. */
  readonly begun = new Map<string, number>();
  connections = 0;
  /** Why it ended before it was closed. */
  failure: unknown;
  readonly #live: Live;
  readonly #ended: Promise<void>;

  constructor(client: NatterClient, userId: string, options: ConnectOptions) {
    this.client = client;
    this.inbox = new Inbox(client, userId);
    this.#live = client.connect(options);
    this.#ended = this.#listen().catch((error: unknown) => {
      this.failure = error;
    });
  }

  /** From where another may go on. */
  get position(): LivePosition | undefined {
    return this.#live.position;
  }

  /** Up to where it has been told of a conversation. */
  revOf(conversationId: string): number {
    return this.#live.position?.revs[conversationId] ?? 0;
  }

  async close(): Promise<void> {
    this.#live.close();
    await this.#ended;
  }

  async #listen(): Promise<void> {
    for await (const event of this.#live) {
      if (event.type === 'entry') this.entries.push({ ...event.entry, heardAt: performance.now() });
      else if (event.type === 'typing') this.typing.add(event.data.userId);
      else if (event.type === 'snapshot') this.begun.set(event.conversation.id, event.conversation.rev);
      else if (event.type === 'connected') this.connections += 1;
      await this.inbox.apply(event);
    }
  }
}
