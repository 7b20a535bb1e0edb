import { AdminServer } from './admin-server.ts';
import { Health } from './health.ts';
import type { Logger } from './logger.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import { startTracing } from './tracing/start-tracing.ts';

/** Which program it is whose life this is, and where that says what happens to it. */
export interface LifecycleOwner {
  name: string;
  version: string;
  logger: Logger;
}

interface LifecycleSettings {
  ADMIN_HOST: string;
  ADMIN_PORT: number;
  OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  OTEL_TRACES_SAMPLER_ARG: number;
}

/**
 * What every service does when it starts and stops: its health can be asked for from the first moment, and
 * whatever it took it lets go of in the opposite order.
 */
export class Lifecycle {
  readonly health = new Health();
  readonly metrics: Metrics;
  readonly owner: LifecycleOwner;
  readonly #settings: LifecycleSettings;
  readonly #stopping = new AbortController();
  readonly #held = new AsyncDisposableStack();
  readonly #failure = Promise.withResolvers<Error>();
  readonly #unfinished = new Set<() => string>();
  #started: Promise<void> = Promise.resolve();
  #adminUrl = '';

  constructor(owner: LifecycleOwner, settings: LifecycleSettings) {
    this.metrics = createMetrics(owner);
    this.owner = owner;
    this.#settings = settings;
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

  /** What has not been let go of, for people; what was taken last, and so goes first, is first. */
  get unfinished(): readonly string[] {
    return [...this.#unfinished].map((what) => what()).toReversed();
  }

  /**
   * Has something let go of when the service stops; what was taken last goes first.
   *
   * @param what it is, for whoever is told that a stop took too long.
   */
  onStop(what: string | (() => string), letGo: () => Promise<void>): void {
    const name = typeof what === 'string' ? () => what : what;
    this.#unfinished.add(name);
    this.#held.defer(async () => {
      await letGo();
      this.#unfinished.delete(name);
    });
  }

  /** Serves the health, begins to trace where there is a collector, and lets the service take what it needs: then it is ready. */
  start(take: () => Promise<void>): Promise<void> {
    this.#started = this.#serveHealth()
      .then(() => this.#startTracing())
      .then(take)
      .then(() => this.health.serve());
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
    this.onStop('the admin server', () => admin.stop());
    const { ADMIN_HOST: host, ADMIN_PORT: port } = this.#settings;
    this.#adminUrl = `http://${host}:${await admin.start({ host, port })}`;
  }

  async #startTracing(): Promise<void> {
    const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: ratio } = this.#settings;
    if (endpoint === undefined) return;
    const stopTracing = await startTracing({ endpoint, ratio, ...this.owner });
    this.onStop('traces', stopTracing);
    this.owner.logger.info({ collector: new URL(endpoint).host, ratio }, 'traces are sent');
  }
}
