import { type CallerName, entryAppended, messagingDurables, userChanged } from '@natter/contracts';
import {
  asks,
  consumes,
  discovers,
  keepsBuckets,
  listens,
  type Permissions,
  publishes,
  type Right,
  serves,
  usesBuckets,
} from './rights.ts';

/** Who there is on NATS, and all that each may do there: the one table, of which the server's configuration is made. */
const rights: Readonly<Record<CallerName, readonly Right[]>> = {
  gateway: [asks('gateway'), listens('gateway'), usesBuckets('gateway')],
  users: [asks('users'), serves('users'), publishes('users'), keepsBuckets('users')],
  messaging: [
    asks('messaging'),
    serves('messaging'),
    publishes('messaging'),
    consumes(userChanged, messagingDurables.profiles),
    consumes(entryAppended, messagingDurables.entries),
  ],
  operator: [asks('operator'), discovers()],
};

export const natsUsers = Object.keys(rights) as readonly CallerName[];

/** What a user may do under a prefix; each subject once. */
export function permissionsOf(user: CallerName, prefix: string): Permissions {
  const granted = rights[user].map((right) => right(prefix));
  return {
    publish: unique(granted.flatMap(({ publish = [] }) => publish)),
    subscribe: unique(granted.flatMap(({ subscribe = [] }) => subscribe)),
    answers: granted.some(({ answers = false }) => answers),
  };
}

function unique(subjects: readonly string[]): readonly string[] {
  return [...new Set(subjects)];
}
