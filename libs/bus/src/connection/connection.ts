import { ErrorCode, Events, type Msg, type NatsConnection, NatsError } from 'nats';
import type { BusLogger } from '../bus-logger.ts';
import { settlesWithin } from '../settles-within.ts';
import { Answers, type Question } from './answers.ts';
import { EndOfTurn } from './end-of-turn.ts';
import { forgetFailedDials } from './forget-failed-dials.ts';

/** There is no connection: nothing was sent. */
export class NotConnectedError extends Error {
  override readonly name = 'NotConnectedError';
}

/** The connection died under what was in flight: it may have arrived. */
class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError';
}

/** The client's connection, without its habit of buffering what is sent while the broker is away. */
export class Connection {
  readonly nats: NatsConnection;
  /** When to send what there may be much of. */
  readonly endOfTurn = new EndOfTurn();
  readonly #logger: BusLogger;
  readonly #answers: Answers;
  readonly #inFlight = new Set<(reason: Error) => void>();
  readonly #whenRegained = new Set<() => void>();
  #connected = true;

  constructor(nats: NatsConnection, { logger, inboxPrefix }: { logger: BusLogger; inboxPrefix: string }) {
    this.nats = nats;
    this.#logger = logger;
    this.#answers = new Answers(nats, inboxPrefix);
    forgetFailedDials(nats);
    void this.#watch();
    void nats.closed().then((error) => this.#closed(error));
  }

  get connected(): boolean {
    return this.#connected && !this.closed;
  }

  get closed(): boolean {
    return this.nats.isClosed();
  }

  /**
   * Runs what needs the broker. Rejects with `NotConnectedError` before anything is sent, with
   * `ConnectionLostError` as soon as the connection dies under it.
   */
  use<T>(work: () => Promise<T>): Promise<T> {
    if (!this.connected) return Promise.reject(notConnected());
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#inFlight.add(reject);
    void work()
      .then(resolve, reject)
      .finally(() => this.#inFlight.delete(reject));
    return promise;
  }

  /** Asks who serves a subject; rejects as `use` does, and with what the client's own request would. */
  ask(question: Question): Promise<Msg> {
    return this.connected ? this.#answers.to(question) : Promise.reject(notConnected());
  }

  /** Has `tell` called each time that the broker is there again. @returns what takes that back. */
  onRegained(tell: () => void): () => void {
    this.#whenRegained.add(tell);
    return () => this.#whenRegained.delete(tell);
  }

  /**
   * Waits, at most 1 s, until the broker has what was sent. With the broker away there is nothing to wait
   * for.
   */
  async flush(): Promise<void> {
    await settlesWithin(
      1_000,
      this.use(() => this.nats.flush()),
    );
  }

  /** Within 2 s, also when the broker is away or frozen. */
  async close(): Promise<void> {
    await this.flush();
    await settlesWithin(1_000, this.nats.close());
  }

  async #watch(): Promise<void> {
    for await (const { type, data, permissionContext } of this.nats.status()) {
      if (type === Events.Disconnect) this.#lost();
      if (type === Events.Reconnect) this.#regained();
      if (type === Events.Error) this.#logger.error({ error: data }, 'NATS reported an error');
      if (permissionContext?.operation === 'publish') this.#refused(permissionContext.subject);
    }
  }

  #lost(): void {
    if (!this.#connected) return;
    this.#connected = false;
    this.#logger.warn({}, 'NATS disconnected');
    this.#abandonInFlight();
  }

  #regained(): void {
    this.#connected = true;
    for (const tell of this.#whenRegained) tell();
    this.#logger.info({ server: this.nats.getServer() }, 'NATS reconnected');
  }

  #refused(subject: string): void {
    this.#answers.abandon(NatsError.errorForCode(ErrorCode.PermissionsViolation), subject);
  }

  #closed(error: void | Error): void {
    if (error) this.#logger.error({ err: error }, 'NATS closed the connection for good');
    this.#abandonInFlight();
  }

  #abandonInFlight(): void {
    const reason = new ConnectionLostError('NATS disconnected');
    for (const reject of this.#inFlight) reject(reason);
    this.#inFlight.clear();
    this.#answers.abandon(reason);
  }
}

const notConnected = () => new NotConnectedError('NATS is not connected');
