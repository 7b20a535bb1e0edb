import { NatterError, type PushDefinition, type PushedBy } from '@natter/contracts';
import type { Subscription } from 'nats';
import type { BusLogger } from '../bus-logger.ts';
import type { Connection } from '../connection/connection.ts';
import { pushSubject } from '../subject.ts';
import { parsePush } from './parse-push.ts';

export interface AddressListenerOptions<P extends PushDefinition> {
  /** Told of each push in the order in which they come, and where it was addressed to. Must not throw. */
  handle: (payload: PushedBy<P>, address: string) => void;
  /** NATS was away and is back: pushes may have been missed at every address. Must not throw. */
  onGap: () => void;
}

/** Listens for pushes of one kind at many addresses, which come and go. */
export class AddressListener<P extends PushDefinition = PushDefinition> {
  readonly #push: P;
  readonly #handle: AddressListenerOptions<P>['handle'];
  readonly #connection: Connection;
  readonly #prefix: string;
  readonly #logger: BusLogger;
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #forget: () => void;

  constructor(
    push: P,
    { handle, onGap }: AddressListenerOptions<P>,
    { connection, prefix, logger }: { connection: Connection; prefix: string; logger: BusLogger },
  ) {
    this.#push = push;
    this.#handle = handle;
    this.#connection = connection;
    this.#prefix = prefix;
    this.#logger = logger;
    this.#forget = connection.onRegained(onGap);
  }

  /** What is pushed there is heard from the next `settled` on at the latest. */
  add(address: string): void {
    if (this.#subscriptions.has(address)) return;
    const subject = pushSubject(this.#prefix, this.#push, address);
    const subscription = this.#connection.nats.subscribe(subject, {
      callback: (error, message) => {
        const payload = error ? undefined : parsePush(this.#push, message);
        if (payload?.success) this.#handle(payload.data, address);
        else this.#logger.error({ err: error ?? payload?.error, subject }, 'push not understood');
      },
    });
    this.#subscriptions.set(address, subscription);
  }

  remove(address: string): void {
    this.#subscriptions.get(address)?.unsubscribe();
    this.#subscriptions.delete(address);
  }

  /**
   * Resolves when NATS knows of every address that was added.
   *
   * @throws {NatterError} `service_unavailable` where it is away.
   */
  async settled(): Promise<void> {
    try {
      await this.#connection.use(() => this.#connection.nats.flush());
    } catch (cause) {
      throw new NatterError('service_unavailable', { retryAfter: 1, cause });
    }
  }

  stop(): void {
    this.#forget();
    for (const address of this.#subscriptions.keys()) this.remove(address);
  }
}
