import { setTimeout } from 'node:timers/promises';
import type { Bus } from '@natter/bus';
import type { Lifecycle } from '@natter/platform';
import { createApp } from '../app.ts';
import type { GatewayConfig } from '../config.ts';
import { createHttpMetrics } from '../http/http-metrics.ts';
import { HttpServer } from '../http/http-server.ts';
import { shedLoad } from '../http/middleware/shed-load.ts';
import { createRouteTable, type RouteTable } from '../http/route-table.ts';
import type { WebSocketEndpoint } from '../realtime/web-socket/web-socket-endpoint.ts';
import { createWebSockets } from './create-web-sockets.ts';
import type { GatewayAuth } from './start-auth.ts';
import type { GatewayLimits } from './start-limits.ts';
import type { GatewayLive } from './start-live.ts';

export interface HttpNeeds {
  bus: Bus;
  auth: GatewayAuth;
  limits: GatewayLimits;
  live: GatewayLive;
  settings: GatewayConfig;
}

/** Answers clients, by HTTP and on WebSockets. @returns the URL. */
export async function startHttp(lifecycle: Lifecycle, needs: HttpNeeds): Promise<string> {
  const { auth, limits, live, settings } = needs;
  const table = routeTableOf(lifecycle, needs);
  const webSockets = createWebSockets(lifecycle, { auth, limits, live, table, settings });
  const { listener, messageClasses } = createApp({
    logger: lifecycle.owner.logger,
    metrics: createHttpMetrics(lifecycle.metrics),
    table,
    authenticate: auth.authenticate,
    webSocket: webSockets.handle,
    limits: limits.rates,
    shed: shedLoad(limits.admit),
    basic: offersBasic(settings),
    allowedOrigins: settings.ALLOWED_ORIGINS,
    trustedProxies: settings.TRUSTED_PROXIES,
  });
  const server = new HttpServer(listener, messageClasses);
  lifecycle.onStop(
    () => `requests being answered: ${server.unanswered}, WebSockets: ${webSockets.size}`,
    () => leave({ server, webSockets, live: live.live }, settings.DRAIN_SECONDS * 1_000),
  );
  return server.start({ host: settings.HOST, port: settings.PORT });
}

function routeTableOf(
  { health, owner }: Lifecycle,
  { bus, auth, limits, live, settings }: HttpNeeds,
): RouteTable {
  return createRouteTable(
    { bus, health, signingKeys: auth.signingKeys, guard: limits.guard, ...live },
    {
      version: owner.version,
      registration: settings.REGISTRATION,
      secondFactor: settings.SECOND_FACTOR,
      messageCharacters: settings.MESSAGE_MAX_CHARACTERS,
      groupMembers: settings.GROUP_MAX_MEMBERS,
      streams: settings.MAX_STREAMS_PER_USER,
      rates: limits.policy,
      basic: offersBasic(settings),
    },
  );
}

/** Where a second factor is required, it is understood, but opens nothing. */
function offersBasic({
  AUTH_BASIC,
  SECOND_FACTOR,
}: Pick<GatewayConfig, 'AUTH_BASIC' | 'SECOND_FACTOR'>): boolean {
  return AUTH_BASIC === 'on' && SECOND_FACTOR === 'optional';
}

interface Leaving {
  server: HttpServer;
  webSockets: WebSocketEndpoint;
  live: GatewayLive['live'];
}

/** Serves on after it is known that this replica goes: whoever chooses between replicas has to hear it first. */
async function leave({ server, webSockets, live }: Leaving, drainMs: number): Promise<void> {
  server.drain();
  await setTimeout(drainMs);
  live.stop();
  await Promise.all([webSockets.stop(), server.stop()]);
}
