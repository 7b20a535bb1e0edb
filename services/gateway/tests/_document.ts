import type { Bus } from '@natter/bus';
import { Health } from '@natter/platform';
import type { OpenApiDocument } from '@natter/testkit';
import type { SigningKeys } from '../src/auth/signing-keys.ts';
import type { Route } from '../src/http/define-route.ts';
import { createRouteTable } from '../src/http/route-table.ts';
import { unguarded } from '../src/limits/password-guard.ts';
import type { Cursors } from '../src/realtime/cursors.ts';
import type { LiveEvents } from '../src/realtime/live-events.ts';
import type { Presence } from '../src/realtime/presence/presence.ts';

const table = createRouteTable(
  {
    bus: {} as Bus,
    signingKeys: {} as SigningKeys,
    guard: unguarded,
    health: new Health(),
    live: {} as LiveEvents,
    cursors: {} as Cursors,
    presence: {} as Presence,
  },
  {
    version: '1.2.3',
    registration: 'open',
    secondFactor: 'optional',
    messageCharacters: 4_000,
    groupMembers: 1_000,
    streams: 20,
    basic: true,
  },
);

/** All that a gateway has, with the whole paths. */
export const routes: readonly Route[] = [
  ...table.root,
  ...table.api.map((route) => ({ ...route, path: `/api/v1${route.path}` })),
];

async function readDocument(): Promise<OpenApiDocument> {
  const route = routes.find(({ path }) => path === '/openapi.json');
  const reply = await route?.handle({} as never);
  return JSON.parse(JSON.stringify(reply?.body));
}

/** What a gateway shows at `/openapi.json`, without asking one. */
export const document = await readDocument();
