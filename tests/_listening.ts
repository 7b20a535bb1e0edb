import { NatterClient } from '@natter/client';
import { waitFor } from '@natter/testkit';
import { SocketUser } from '../services/gateway/tests/_socket-user.ts';
import { password } from './_client.ts';
import { EventStream } from './_event-stream.ts';

const transports = ['events', 'websocket'] as const;

interface Place {
  conversationId: string;
  rev: number;
}

/** Somebody who listens in every way there is: to both transports, themselves and by the SDK. */
export class Listening implements AsyncDisposable {
  /** Where the SDK lost its connection, and why. */
  readonly cuts: unknown[] = [];
  readonly #after: Place;
  readonly #stream: EventStream;
  readonly #socket: SocketUser;
  readonly #lives: ReturnType<NatterClient['connect']>[];
  readonly #told = transports.map((): unknown[] => []);
  readonly #following: Promise<unknown>;
  #connected = 0;

  private constructor(
    after: Place,
    { stream, socket, client }: { stream: EventStream; socket: SocketUser; client: NatterClient },
  ) {
    this.#after = after;
    this.#stream = stream;
    this.#socket = socket;
    this.#lives = transports.map((transport) => client.connect({ transport }));
    this.#following = Promise.all(
      this.#lives.map((live, index) => this.#follow(live, this.#told[index] ?? [])),
    );
  }

  /** Resolves when all is told that happens in a conversation from now on; what was before `after` is passed over. */
  static async begin(url: string, username: string, after: Place): Promise<Listening> {
    const stream = await EventStream.open(url, username);
    const client = new NatterClient({ url });
    await client.logIn({ username, password });
    const headers = { Authorization: `Basic ${btoa(`${username}:${password}`)}` };
    const socket = new SocketUser(`${url}/api/v1/ws`, { token: null, headers });
    await socket.next(({ id }) => id !== undefined);
    const listening = new Listening(after, { stream, socket, client });
    await waitFor(() => listening.#connected === transports.length, { what: 'the SDK to be connected' });
    return listening;
  }

  /** What each way to listen has told of the conversation, in the order in which it did. */
  get revs(): number[][] {
    const events = this.#stream.events.map(({ data }) => data);
    const frames = this.#socket.frames.map(({ data }) => data);
    return [events, frames, ...this.#told].map((told) => told.flatMap((data) => this.#revOf(data) ?? []));
  }

  /** Resolves when each has told of so many entries. */
  async toldOf(entries: number): Promise<void> {
    const isTold = () => this.revs.every(({ length }) => length >= entries);
    await waitFor(isTold, { what: 'all to be told' });
  }

  /** The code that the WebSocket was closed with. */
  get code(): number | undefined {
    return this.#socket.code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const live of this.#lives) live.close();
    this.#stream.close();
    this.#socket.socket.terminate();
    await this.#following;
  }

  async #follow(live: ReturnType<NatterClient['connect']>, told: unknown[]): Promise<void> {
    for await (const event of live) {
      if (event.type === 'connected') this.#connected += 1;
      if (event.type === 'disconnected') this.cuts.push(event.error);
      if (event.type === 'entry') told.push(event.entry);
    }
  }

  #revOf(told: unknown): number | undefined {
    const { conversationId, rev } = (told ?? {}) as Partial<Place>;
    const isNew = conversationId === this.#after.conversationId && Number(rev) > this.#after.rev;
    return isNew ? rev : undefined;
  }
}
