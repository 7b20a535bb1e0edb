import type { Bus } from '@natter/bus';
import type { Health } from '@natter/platform';
import type { SigningKeys } from '../auth/signing-keys.ts';
import type { Route } from './define-route.ts';
import { createDocument, type DocumentOptions } from './openapi/create-document.ts';
import { createSessionRoute } from './routes/create-session.ts';
import { createUserRoute } from './routes/create-user.ts';
import { getConversationRoute } from './routes/get-conversation.ts';
import { getOpenApiRoute } from './routes/get-openapi.ts';
import { getOwnUserRoute } from './routes/get-own-user.ts';
import { getServerRoute, type ServerPolicy } from './routes/get-server.ts';
import { getSigningKeysRoute } from './routes/get-signing-keys.ts';
import { getUserRoute } from './routes/get-user.ts';
import { healthRoutes } from './routes/health.ts';
import { listMessagesRoute } from './routes/list-messages.ts';
import { listUsersRoute } from './routes/list-users.ts';
import { sendMessageRoutes } from './routes/send-message.ts';

export interface RouteTable {
  /** At the root. */
  root: readonly Route[];
  /** Under `/api/v1`. */
  api: readonly Route[];
}

export interface Collaborators {
  bus: Bus;
  health: Health;
  signingKeys: SigningKeys;
}

/** Everything that can be asked of the gateway. */
export function createRouteTable(
  { bus, health, signingKeys }: Collaborators,
  policy: ServerPolicy & DocumentOptions,
): RouteTable {
  const api = [
    getServerRoute(policy),
    createUserRoute(bus, policy),
    listUsersRoute(bus),
    // Before `/users/{user}`, which it would match.
    getOwnUserRoute(bus),
    getUserRoute(bus),
    createSessionRoute(bus),
    getConversationRoute(bus),
    listMessagesRoute(bus),
    ...sendMessageRoutes(bus, policy),
  ];
  const root = [getSigningKeysRoute(signingKeys), ...healthRoutes(health), getOpenApiRoute(() => document)];
  const versioned = api.map((route) => ({ ...route, path: `/api/v1${route.path}` }));
  const document = createDocument([...versioned, ...root], policy);
  return { root, api };
}
