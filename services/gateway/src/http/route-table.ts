import type { Bus } from '@natter/bus';
import type { Health } from '@natter/platform';
import type { SigningKeys } from '../auth/signing-keys.ts';
import type { GuardPassword } from '../limits/password-guard.ts';
import type { Cursors } from '../realtime/cursors.ts';
import type { LiveEvents } from '../realtime/live-events.ts';
import type { Presence } from '../realtime/presence/presence.ts';
import { commandsOf } from '../realtime/web-socket/commands.ts';
import { createAsyncApiDocument } from './asyncapi/create-asyncapi-document.ts';
import type { Route } from './define-route.ts';
import { createDocument, type DocumentOptions } from './openapi/create-document.ts';
import { addReactionRoute } from './routes/add-reaction.ts';
import { beginSecondFactorRoute } from './routes/begin-second-factor.ts';
import { blockUserRoute } from './routes/block-user.ts';
import { changePasswordRoute } from './routes/change-password.ts';
import { confirmSecondFactorRoute } from './routes/confirm-second-factor.ts';
import { createConversationRoute } from './routes/create-conversation.ts';
import { createSessionRoute } from './routes/create-session.ts';
import { createUserRoute } from './routes/create-user.ts';
import { deleteMessageRoute } from './routes/delete-message.ts';
import { deleteOwnUserRoute } from './routes/delete-own-user.ts';
import { editMessageRoute } from './routes/edit-message.ts';
import { endSessionRoute } from './routes/end-session.ts';
import { getAsyncApiRoute } from './routes/get-asyncapi.ts';
import { getConversationRoute } from './routes/get-conversation.ts';
import { getEventsRoute } from './routes/get-events.ts';
import { getIndexRoute } from './routes/get-index.ts';
import { getMessageRoute } from './routes/get-message.ts';
import { getOpenApiRoute } from './routes/get-openapi.ts';
import { getOwnPresenceRoute } from './routes/get-own-presence.ts';
import { getOwnUserRoute } from './routes/get-own-user.ts';
import { getPresenceRoute } from './routes/get-presence.ts';
import { getServerRoute, type ServerPolicy } from './routes/get-server.ts';
import { getSigningKeysRoute } from './routes/get-signing-keys.ts';
import { getUserRoute } from './routes/get-user.ts';
import { healthRoutes } from './routes/health.ts';
import { listBlocksRoute } from './routes/list-blocks.ts';
import { listConversationsRoute } from './routes/list-conversations.ts';
import { listMembersRoute } from './routes/list-members.ts';
import { listMessagesRoute } from './routes/list-messages.ts';
import { listSessionsRoute } from './routes/list-sessions.ts';
import { listUsersRoute } from './routes/list-users.ts';
import { markReadRoute } from './routes/mark-read.ts';
import { readLogRoute } from './routes/read-log.ts';
import { refreshSessionRoute } from './routes/refresh-session.ts';
import { removeMemberRoute } from './routes/remove-member.ts';
import { removeReactionRoute } from './routes/remove-reaction.ts';
import { removeSecondFactorRoute } from './routes/remove-second-factor.ts';
import { renameConversationRoute } from './routes/rename-conversation.ts';
import { searchMessagesRoutes } from './routes/search-messages.ts';
import { sendMessageRoutes } from './routes/send-message.ts';
import { sendTypingRoute } from './routes/send-typing.ts';
import { setMemberRoute } from './routes/set-member.ts';
import { setOwnPresenceRoute } from './routes/set-own-presence.ts';
import { syncRoute } from './routes/sync.ts';
import { unblockUserRoute } from './routes/unblock-user.ts';
import { updateOwnUserRoute } from './routes/update-own-user.ts';

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
  /** Runs what looks at a password. */
  guard: GuardPassword;
  live: LiveEvents;
  cursors: Cursors;
  /** Undefined where it is switched off. */
  presence: Presence | undefined;
}

/** Everything that can be asked of the gateway. */
export function createRouteTable(
  { bus, health, signingKeys, guard, live, cursors, presence }: Collaborators,
  policy: ServerPolicy & DocumentOptions,
): RouteTable {
  const api = [
    getServerRoute(policy),
    createUserRoute(bus, policy),
    listUsersRoute(bus),
    // Before `/users/{user}`, which it would match.
    getOwnUserRoute(bus),
    updateOwnUserRoute(bus),
    deleteOwnUserRoute(bus, guard),
    changePasswordRoute(bus, guard),
    beginSecondFactorRoute(bus, guard),
    confirmSecondFactorRoute(bus, guard),
    removeSecondFactorRoute(bus, guard),
    getUserRoute(bus),
    ...(presence ? presenceRoutes(bus, presence) : []),
    createSessionRoute(bus, guard),
    refreshSessionRoute(bus),
    listSessionsRoute(bus),
    endSessionRoute(bus),
    ...conversationRoutes(bus),
    ...messageRoutes(bus, policy),
    syncRoute(bus, cursors),
    listBlocksRoute(bus),
    blockUserRoute(bus),
    unblockUserRoute(bus),
    getEventsRoute(live, cursors),
  ];
  const asyncApi = createAsyncApiDocument({ version: policy.version, commands: commandsOf(api) });
  const root = [
    getIndexRoute(),
    getSigningKeysRoute(signingKeys),
    ...healthRoutes(health),
    getOpenApiRoute(() => document),
    getAsyncApiRoute(asyncApi),
  ];
  const versioned = api.map((route) => ({ ...route, path: `/api/v1${route.path}` }));
  const document = createDocument([...versioned, ...root], policy);
  return { root, api };
}

function presenceRoutes(bus: Bus, presence: Presence): Route[] {
  // One's own before that of somebody, which it would match.
  return [getOwnPresenceRoute(presence), setOwnPresenceRoute(presence), getPresenceRoute(bus, presence)];
}

function conversationRoutes(bus: Bus): Route[] {
  return [
    listConversationsRoute(bus),
    createConversationRoute(bus),
    getConversationRoute(bus),
    renameConversationRoute(bus),
    listMembersRoute(bus),
    setMemberRoute(bus),
    removeMemberRoute(bus),
    markReadRoute(bus),
    sendTypingRoute(bus),
    readLogRoute(bus),
  ];
}

function messageRoutes(bus: Bus, policy: ServerPolicy): Route[] {
  return [
    listMessagesRoute(bus),
    ...sendMessageRoutes(bus, policy),
    // Before `…/messages/{seq}`, which it would match.
    ...searchMessagesRoutes(bus),
    getMessageRoute(bus),
    editMessageRoute(bus, policy),
    deleteMessageRoute(bus),
    addReactionRoute(bus),
    removeReactionRoute(bus),
  ];
}
