import { backoffMs } from '../backoff.ts';
import type { UserApi } from '../http/api.ts';
import { isRetryable } from '../natter-client-error.ts';
import { Follower } from './follower.ts';
import type { LiveEvent, LivePosition } from './live-event.ts';
import type { OpenStream } from './live-stream.ts';

/** A connection that lasted for so many milliseconds was no failure. */
const lastedMs = 2_000;

/**
 * What happens in the user's conversations, by async iteration: all of it, once, in the order of each conversation,
 * however often the connection is lost. It ends when it is closed, and throws where going on makes no sense, such as when
 * the session is over. It can be iterated once, and what is iterated slowly is read slowly.
 */
export class Live implements AsyncIterable<LiveEvent> {
  readonly #user: UserApi;
  readonly #open: OpenStream;
  readonly #follower: Follower;
  readonly #closing = new AbortController();
  readonly #events = this.#run();
  /** When the connection was there; undefined where it did not come to that. */
  #connectedAt: number | undefined;

  constructor(user: UserApi, open: OpenStream, position?: LivePosition) {
    this.#user = user;
    this.#open = open;
    this.#follower = new Follower(user, this.#closing.signal, position);
  }

  [Symbol.asyncIterator](): AsyncGenerator<LiveEvent> {
    return this.#events;
  }

  /** Up to and including the event that was iterated last; undefined before there is anything to go on from. */
  get position(): LivePosition | undefined {
    return this.#follower.position;
  }

  close(): void {
    this.#closing.abort();
  }

  async *#run(): AsyncGenerator<LiveEvent> {
    try {
      yield* this.#connectAgainAndAgain();
    } catch (error) {
      if (!this.#closing.signal.aborted) throw error;
    } finally {
      this.close();
    }
  }

  async *#connectAgainAndAgain(): AsyncGenerator<LiveEvent> {
    const { timing } = this.#user.api;
    for (let failures = 1; ; failures += 1) {
      this.#connectedAt = undefined;
      let retryAfterMs: number | undefined;
      try {
        retryAfterMs = yield* this.#connect();
        yield { type: 'disconnected', error: undefined };
      } catch (error) {
        this.#closing.signal.throwIfAborted();
        if (this.#follower.isReset(error)) yield* this.#follower.startAnew();
        else if (isRetryable(error)) {
          ({ retryAfterMs } = error);
          yield { type: 'disconnected', error };
        } else throw error;
      }
      if (timing.now() - (this.#connectedAt ?? Number.POSITIVE_INFINITY) > lastedMs) failures = 0;
      await timing.sleep(backoffMs(failures, timing, retryAfterMs), this.#closing.signal);
    }
  }

  /**
   * What was missed, and then what happens, until the server ends the connection.
   *
   * @returns after how many milliseconds it wants the client back.
   */
  async *#connect(): AsyncGenerator<LiveEvent, number | undefined> {
    yield* this.#follower.catchUp();
    const { cursor } = this.#follower.position ?? {};
    const stream = await this.#open(String(cursor), this.#closing.signal);
    this.#connectedAt = this.#user.api.timing.now();
    try {
      yield { type: 'connected' };
      for await (const event of stream.events) yield* this.#follower.take(event);
      return stream.retryMs;
    } finally {
      stream.close();
    }
  }
}
