import { AdminServer } from './admin-server.ts';
import { Health } from './health.ts';
import { createMetrics } from './metrics.ts';

/**
 * What every service does when it starts and stops: its health can be asked for from the first moment, and
 * whatever it took it lets go of in the opposite order.
 */
export class Lifecycle {
  readonly health = new Health();
  readonly metrics = createMetrics();
  readonly #admin: { host: string; port: number };
  readonly #stopping = new AbortController();
  readonly #held = new AsyncDisposableStack();
  readonly #failure = Promise.withResolvers<Error>();
  #started: Promise<void> = Promise.resolve();
  #adminUrl = '';

  constructor(settings: { ADMIN_HOST: string; ADMIN_PORT: number }) {
    this.#admin = { host: settings.ADMIN_HOST, port: settings.ADMIN_PORT };
  }

  /** Known from the first moments of `start` on. */
  get adminUrl(): string {
    return this.#adminUrl;
  }

  /** Aborts when the service is told to stop: whoever still waits for a server gives up. */
  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  /** See `Service`. */
  get failure(): Promise<Error> {
    return this.#failure.promise;
  }

  /** From now on only a new process helps. */
  fail(error: Error): void {
    this.#failure.resolve(error);
  }

  /** Has something let go of when the service stops; what was taken last goes first. */
  onStop(letGo: () => Promise<void>): void {
    this.#held.defer(letGo);
  }

  /** Serves the health, and then lets the service take what it needs. */
  start(take: () => Promise<void>): Promise<void> {
    this.#started = this.#serveHealth().then(take);
    return this.#started;
  }

  /** From now on not ready; resolves when everything is let go of. May come while `start` is under way. */
  async stop(): Promise<void> {
    this.health.drain();
    this.#stopping.abort();
    // A start that is still waiting for a server fails now, and has told so whoever called it.
    await this.#started.catch(() => undefined);
    await this.#held.disposeAsync();
  }

  async #serveHealth(): Promise<void> {
    const admin = new AdminServer(this.health, this.metrics);
    this.onStop(() => admin.stop());
    const port = await admin.start(this.#admin);
    this.#adminUrl = `http://${this.#admin.host}:${port}`;
  }
}
