import { type Handler, implement } from '@natter/bus';
import { type LimitedLogins, reportLimitedLogins } from '@natter/contracts';
import type { RecordAudit } from '../domain/audit-log.ts';
import type { Directory } from '../domain/directory.ts';
import type { Profile } from '../domain/profile.ts';

/** Records what gateways refused unread. What was typed as a username is recorded only where it is somebody's. */
export function handleReportLimitedLogins(directory: Directory, record: RecordAudit): Handler {
  return implement(reportLimitedLogins, async ({ logins }) => {
    const usernames = new Set(logins.flatMap(({ username = [] }) => username));
    const found = usernames.size > 0 ? await directory.find({ usernames: [...usernames] }) : [];
    const profiles = new Map(found.map((profile) => [profile.username, profile]));
    for (const { username, requestId, address, ...refused } of logins) {
      const profile = profiles.get(username ?? '');
      const whose = profile && { userId: profile.id, username: profile.username };
      record({
        kind: 'login.limited',
        by: 'user',
        requestId,
        address,
        ...whose,
        detail: detailOf(refused, profile),
      });
    }
    return {};
  });
}

function detailOf({ limit, count }: Pick<LimitedLogins, 'limit' | 'count'>, profile?: Profile): string {
  const refused = `refused ${count === 1 ? 'once' : `${count} times`}`;
  if (limit === 'address') return `${refused}, too many wrong passwords from the address`;
  if (limit === 'others') return `${refused}, for more accounts and addresses than are told apart`;
  return `${refused}, too many wrong passwords for ${profile ? 'the account' : 'an unknown username'}`;
}
