import type { Lifecycle } from '@natter/platform';
import type { GatewayConfig } from '../config.ts';
import type { RouteTable } from '../http/route-table.ts';
import { commandsOf } from '../realtime/web-socket/commands.ts';
import { createRunCommand } from '../realtime/web-socket/run-command.ts';
import { createSocketMetrics } from '../realtime/web-socket/socket-metrics.ts';
import { WebSocketEndpoint } from '../realtime/web-socket/web-socket-endpoint.ts';
import type { GatewayAuth } from './start-auth.ts';
import type { GatewayLimits } from './start-limits.ts';
import type { GatewayLive } from './start-live.ts';

export interface WebSocketNeeds {
  auth: Pick<GatewayAuth, 'authenticate' | 'refuseEnded'>;
  limits: Pick<GatewayLimits, 'rates' | 'admit'>;
  live: Pick<GatewayLive, 'cursors' | 'live'>;
  table: Pick<RouteTable, 'api'>;
  settings: Pick<GatewayConfig, 'ALLOWED_ORIGINS'>;
}

/** WebSockets on which the same can be asked as by the routes. */
export function createWebSockets(
  { owner, metrics }: Lifecycle,
  { auth, limits, live, table, settings }: WebSocketNeeds,
): WebSocketEndpoint {
  const { authenticate, refuseEnded } = auth;
  const { rates, admit } = limits;
  return new WebSocketEndpoint({
    authenticate,
    openCursor: (userId, cursor, context) => live.cursors.open(userId, cursor, context),
    live: live.live,
    run: createRunCommand({ commands: commandsOf(table.api), limits: rates, admit, refuseEnded }),
    limited: rates !== undefined,
    allowedOrigins: settings.ALLOWED_ORIGINS,
    metrics: createSocketMetrics(metrics),
    logger: owner.logger,
  });
}
