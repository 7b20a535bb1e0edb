import { type Bus, connectBus } from '@natter/bus';
import {
  createLogger,
  Lifecycle,
  type Logger,
  type Metrics,
  type Service,
  ServiceBus,
} from '@natter/platform';
import manifest from '../package.json' with { type: 'json' };
import type { GatewayConfig } from './config.ts';
import { type GatewayAuth, startAuth } from './parts/start-auth.ts';
import { startHttp } from './parts/start-http.ts';
import { startLimits } from './parts/start-limits.ts';
import { startLive } from './parts/start-live.ts';

const name = 'gateway';

const { version } = manifest;

/** HTTP for clients, NATS towards the other services; owns no data. */
export class GatewayService implements Service {
  readonly name = name;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly #config: GatewayConfig;
  readonly #lifecycle: Lifecycle;
  readonly #bus: ServiceBus<Bus>;
  #auth: GatewayAuth | undefined;
  #url = '';

  static create(config: GatewayConfig): GatewayService {
    return new GatewayService(config);
  }

  private constructor(config: GatewayConfig) {
    this.logger = createLogger({ name, level: config.LOG_LEVEL });
    this.#config = config;
    this.#lifecycle = new Lifecycle({ name, version, logger: this.logger }, config);
    this.metrics = this.#lifecycle.metrics;
    this.#bus = new ServiceBus(this.#lifecycle, { settings: config, connect: connectBus });
    const { health } = this.#lifecycle;
    health.add({ name: 'ended-sessions', ready: () => this.#auth?.endedSessions.known ?? false });
    // Once known they stay known: without the users service whoever holds a token is still served.
    health.add({ name: 'signing-keys', ready: () => this.#auth?.signingKeys.known ?? false });
  }

  /** Known when `start` has resolved. */
  get url(): string {
    return this.#url;
  }

  get failure(): Promise<Error> {
    return this.#lifecycle.failure;
  }

  /** Known from early in `start` on. */
  get adminUrl(): string {
    return this.#lifecycle.adminUrl;
  }

  /** Resolves when it listens; ready it is when it has learnt the signing keys, which goes on beside. */
  start(): Promise<void> {
    return this.#lifecycle.start(() => this.#start());
  }

  stop(): Promise<void> {
    return this.#lifecycle.stop();
  }

  get unfinished(): readonly string[] {
    return this.#lifecycle.unfinished;
  }

  /** Each part sees to its own stop: what is started last is stopped first. */
  async #start(): Promise<void> {
    const [lifecycle, settings] = [this.#lifecycle, this.#config];
    const bus = await this.#bus.connect();
    const limits = startLimits(lifecycle, bus, settings);
    const auth = await startAuth(lifecycle, { bus, guard: limits.guard, settings });
    this.#auth = auth;
    const { endedSessions } = auth;
    const live = await startLive(lifecycle, { bus, endedSessions, settings });
    this.#url = await startHttp(lifecycle, { bus, auth, limits, live, settings });
    this.logger.info({ url: this.url, adminUrl: this.adminUrl }, 'listening');
  }
}
