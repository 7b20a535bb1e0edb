import type { OperatorContext } from '@natter/platform';
import { rebuildConversations } from '../rebuild/rebuild-conversations.ts';
import type { Rebuilding } from '../rebuild/rebuild-each.ts';
import { rebuildMemberships } from '../rebuild/rebuild-memberships.ts';
import { rebuildMessages } from '../rebuild/rebuild-messages.ts';
import { rebuildSearch } from '../rebuild/rebuild-search.ts';
import { rebuildUsers } from '../rebuild/rebuild-users.ts';
import { counted } from './counted.ts';
import type { OpenArchives } from './open-archives.ts';
import { withProfileOrigin } from './with-profile-origin.ts';

type Rebuild = (archives: OpenArchives, rebuilding: Rebuilding, context: OperatorContext) => Promise<void>;

/** What can be made again, and from what. */
export const rebuilds = {
  conversations: rebuildConversations,
  memberships: rebuildMemberships,
  messages: rebuildMessages,
  search: rebuildSearch,
  users: ({ profiles }, rebuilding, context) =>
    withProfileOrigin(context, (origin) => rebuildUsers(profiles, origin, rebuilding)),
} as const satisfies Record<string, Rebuild>;

export type ProjectionName = keyof typeof rebuilds;

/** Makes a projection again, and says how it went. @returns how much of it could not be put right. */
export async function rebuild(
  projection: ProjectionName,
  archives: OpenArchives,
  context: OperatorContext,
): Promise<number> {
  const done = { looked: 0, repaired: 0, failed: 0 };
  await archives.ensureIndexes();
  const run: Rebuild = rebuilds[projection];
  const rebuilding = {
    onDone: (repaired: boolean) => {
      done.looked += 1;
      if (repaired) done.repaired += 1;
      context.progress(`Looked at ${counted(done.looked, unitOf(projection))} …`);
    },
    onFailure: (id: string, error: unknown) => {
      done.failed += 1;
      context.say(`${id} could not be put right: ${(error as Error).message}`);
    },
  };
  await run(archives, rebuilding, context);
  const looked = `Looked at ${counted(done.looked, unitOf(projection))}`;
  context.say(`${looked}; ${done.repaired.toLocaleString('en')} had to be put right.`);
  return done.failed;
}

const unitOf = (projection: ProjectionName): string => (projection === 'users' ? 'user' : 'conversation');
