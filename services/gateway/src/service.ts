import { setTimeout } from 'node:timers/promises';
import { type Bus, connectBus } from '@natter/bus';
import { addressAttempts, knownDevices, passwordAttempts } from '@natter/contracts';
import {
  createBusMetrics,
  createLogger,
  Lifecycle,
  type Logger,
  type Metrics,
  natsOptions,
  type Service,
} from '@natter/platform';
import manifest from '../package.json' with { type: 'json' };
import { createApp } from './app.ts';
import { verifyAccessToken } from './auth/access-token.ts';
import { type Authenticate, type Caller, createAuthenticate } from './auth/authenticate.ts';
import { EndedSessions } from './auth/ended-sessions.ts';
import { SigningKeys } from './auth/signing-keys.ts';
import { VerifiedCredentials } from './auth/verified-credentials.ts';
import { VerifiedTokens } from './auth/verified-tokens.ts';
import type { GatewayConfig } from './config.ts';
import { createHttpMetrics } from './http/http-metrics.ts';
import { HttpServer } from './http/http-server.ts';
import { shedLoad } from './http/middleware/shed-load.ts';
import { createRouteTable } from './http/route-table.ts';
import { createAdmit } from './limits/admit.ts';
import { BusyLoop } from './limits/busy-loop.ts';
import { capacityOf } from './limits/capacity-settings.ts';
import { createLimitMetrics } from './limits/limit-metrics.ts';
import { type Limits, limitsOf } from './limits/limit-settings.ts';
import { LimitedLoginsReport } from './limits/limited-logins-report.ts';
import { LoadShedding } from './limits/load-shedding.ts';
import { createPasswordGuard, type GuardPassword, unguarded } from './limits/password-guard.ts';
import { RateLimits } from './limits/rate-limits.ts';
import { Cursors } from './realtime/cursors.ts';
import type { LiveEvents } from './realtime/live-events.ts';

import type { LiveFeeds } from './realtime/live-feeds.ts';

import { startLiveEvents } from './realtime/start-live-events.ts';
import { commandsOf } from './realtime/web-socket/commands.ts';
import { createRunCommand, type RunCommand } from './realtime/web-socket/run-command.ts';
import { createSocketMetrics } from './realtime/web-socket/socket-metrics.ts';
import { WebSocketEndpoint } from './realtime/web-socket/web-socket-endpoint.ts';

const name = 'gateway';

const { version } = manifest;

interface Authenticators {
  signingKeys: SigningKeys;
  endedSessions: EndedSessions;
  credentials: VerifiedCredentials | undefined;
}

interface ForWebSockets {
  authenticate: Authenticate;
  cursors: Cursors;
  live: LiveEvents;
  run: RunCommand;
  limited: boolean;
}

/** HTTP for clients, NATS towards the other services; owns no data. */
export class GatewayService implements Service {
  readonly name = name;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly #config: GatewayConfig;
  readonly #lifecycle: Lifecycle;
  #bus: Bus | undefined;
  #signingKeys: SigningKeys | undefined;
  #endedSessions: EndedSessions | undefined;
  #url = '';

  static create(config: GatewayConfig): GatewayService {
    return new GatewayService(config);
  }

  private constructor(config: GatewayConfig) {
    this.logger = createLogger({ name, level: config.LOG_LEVEL });
    this.#config = config;
    this.#lifecycle = new Lifecycle({ name, version, logger: this.logger }, config);
    this.metrics = this.#lifecycle.metrics;
    const { health } = this.#lifecycle;
    health.add({
      name: 'nats',
      ready: () => this.#bus?.connected ?? false,
      alive: () => !this.#bus?.closed,
    });
    health.add({ name: 'ended-sessions', ready: () => this.#endedSessions?.known ?? false });
    // Once known they stay known: without the users service whoever holds a token is still served.
    health.add({ name: 'signing-keys', ready: () => this.#signingKeys?.known ?? false });
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

  async #start(): Promise<void> {
    const bus = await this.#connectBus();
    const signingKeys = this.#learnSigningKeys(bus);
    const endedSessions = this.#followEndedSessions(bus);
    await this.#serveHttp(bus, signingKeys, endedSessions);
    this.logger.info({ url: this.url, adminUrl: this.adminUrl }, 'listening');
  }

  async #connectBus(): Promise<Bus> {
    const options = {
      ...natsOptions(this.#config),
      name,
      logger: this.logger,
      observer: createBusMetrics(this.metrics),
      onClosed: (error: Error) => this.#lifecycle.fail(error),
    };
    const bus = await connectBus(options, this.#lifecycle.stopping);
    this.#lifecycle.onStop('NATS', () => bus.close());
    this.#bus = bus;
    return bus;
  }

  #learnSigningKeys(bus: Bus): SigningKeys {
    const signingKeys = new SigningKeys(bus, this.logger);
    const learnt = signingKeys.learn(this.#lifecycle.stopping);
    this.#lifecycle.onStop('the signing keys', () => learnt);
    this.#signingKeys = signingKeys;
    return signingKeys;
  }

  #followEndedSessions(bus: Bus): EndedSessions {
    const endedSessions = new EndedSessions(bus, this.logger);
    const followed = endedSessions.follow(this.#lifecycle.stopping);
    this.#lifecycle.onStop('the ended sessions', () => followed);
    this.#endedSessions = endedSessions;
    return endedSessions;
  }

  async #serveHttp(bus: Bus, signingKeys: SigningKeys, endedSessions: EndedSessions): Promise<void> {
    const { HOST: host, PORT: port } = this.#config;
    const basic = this.#config.AUTH_BASIC === 'on';
    const rates = limitsOf(this.#config);
    const limitMetrics = createLimitMetrics(this.metrics);
    const cursors = new Cursors(bus);
    const { live, presence } = await this.#startLiveEvents(bus, cursors, endedSessions);
    const guard = rates ? this.#createGuard(bus, rates, limitMetrics.refused) : unguarded;
    const table = createRouteTable(
      { bus, health: this.#lifecycle.health, signingKeys, guard, live, cursors, presence },
      {
        version,
        registration: this.#config.REGISTRATION,
        messageCharacters: this.#config.MESSAGE_MAX_CHARACTERS,
        groupMembers: this.#config.GROUP_MAX_MEMBERS,
        streams: this.#config.MAX_STREAMS_PER_USER,
        rates,
        basic,
      },
    );
    const credentials = basic ? await this.#rememberCredentials(bus, guard) : undefined;
    const authenticate = this.#createAuthenticate({ signingKeys, endedSessions, credentials });
    const metrics = createHttpMetrics(this.metrics);
    const shedding = new LoadShedding(capacityOf(this.#config), new BusyLoop());
    const admit = createAdmit(shedding, limitMetrics.shed);
    const limits = rates && new RateLimits(rates.quotas, limitMetrics.refused);
    const commands = commandsOf(table.api);
    const run = createRunCommand({ commands, limits, admit, refuseEnded: refuserOf(endedSessions) });
    const webSockets = this.#createWebSockets({
      authenticate,
      cursors,
      live,
      run,
      limited: limits !== undefined,
    });
    const app = createApp({
      logger: this.logger,
      metrics,
      table,
      authenticate,
      webSocket: webSockets.handle,
      limits,
      shed: shedLoad(admit),
      basic,
      allowedOrigins: this.#config.ALLOWED_ORIGINS,
      trustedProxies: this.#config.TRUSTED_PROXIES,
    });
    const server = new HttpServer(app);
    this.#lifecycle.onStop(
      () => `requests being answered: ${server.unanswered}, WebSockets: ${webSockets.size}`,
      () => leave(server, { live, webSockets }, this.#config.DRAIN_SECONDS * 1_000),
    );
    this.#url = await server.start({ host, port });
  }

  #createWebSockets(given: ForWebSockets): WebSocketEndpoint {
    const { cursors } = given;
    return new WebSocketEndpoint({
      ...given,
      openCursor: (userId, cursor, context) => cursors.open(userId, cursor, context),
      allowedOrigins: this.#config.ALLOWED_ORIGINS,
      metrics: createSocketMetrics(this.metrics),
      logger: this.logger,
    });
  }

  async #startLiveEvents(bus: Bus, cursors: Cursors, endedSessions: EndedSessions) {
    const started = await startLiveEvents({
      bus,
      cursors,
      endedSessions,
      maxStreams: this.#config.MAX_STREAMS_PER_USER,
      presence: this.#config.PRESENCE === 'on',
      metrics: this.metrics,
      logger: this.logger,
    });
    this.#lifecycle.onStop('live events', () => started.stop());
    return started;
  }

  #createGuard(bus: Bus, { passwords }: Limits, count: (policy: string) => void): GuardPassword {
    const report = new LimitedLoginsReport(bus, this.logger);
    report.start();
    this.#lifecycle.onStop('the report of refused log-ins', () => report.stop());
    return createPasswordGuard({
      policy: passwords,
      attempts: bus.keyValue(passwordAttempts),
      addresses: bus.keyValue(addressAttempts),
      devices: bus.keyValue(knownDevices),
      onRefused: (policy, attempt) => {
        count(policy);
        report.note(policy, attempt);
      },
      logger: this.logger,
    });
  }

  async #rememberCredentials(bus: Bus, guard: GuardPassword): Promise<VerifiedCredentials> {
    const credentials = new VerifiedCredentials(bus, performance, guard);
    await credentials.listen();
    return credentials;
  }

  /** Without `credentials` there is no HTTP Basic. */
  #createAuthenticate({ signingKeys, endedSessions, credentials }: Authenticators): Authenticate {
    const expected = { issuer: this.#config.JWT_ISSUER, audience: this.#config.JWT_AUDIENCE };
    const tokens = new VerifiedTokens(
      (token, findKey) => verifyAccessToken(token, findKey, expected),
      (kid) => signingKeys.find(kid),
    );
    return createAuthenticate({
      bearer: async (token) => {
        const bearer = await tokens.verify(token);
        await endedSessions.refuse(bearer.sessionId);
        return bearer;
      },
      basic: credentials && ((encoded, context) => credentials.verify(encoded, context)),
    });
  }
}

/** Of a session that goes on for longer than any token of it: whether it still does. */
function refuserOf(endedSessions: EndedSessions) {
  return async ({ sessionId }: Caller): Promise<void> => {
    if (sessionId !== undefined) await endedSessions.refuse(sessionId);
  };
}

/** Serves on after it is known that this replica goes: whoever chooses between replicas has to hear it first. */
async function leave(
  server: HttpServer,
  { live, webSockets }: { live: Pick<LiveFeeds, 'stop'>; webSockets: WebSocketEndpoint },
  drainMs: number,
): Promise<void> {
  server.drain();
  await setTimeout(drainMs);
  live.stop();
  await Promise.all([webSockets.stop(), server.stop()]);
}
