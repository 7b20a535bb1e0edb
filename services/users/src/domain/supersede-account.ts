import { NatterError } from '@natter/contracts';
import type { Account, Accounts } from './account.ts';
import type { EndAllSessions } from './end-all-sessions.ts';
import type { Profile } from './profile.ts';
import type { Sessions } from './session.ts';

/**
 * Writes what became of an account, and ends all its sessions but one that may be kept. If the process dies in the middle,
 * the mark that the account is written with has a sweeper end them.
 *
 * @throws {NatterError} `service_unavailable` when the account was changed by another at the same moment, and
 * `outcome_unknown` when it is written, and nothing more is known.
 */
export type SupersedeAccount = (next: Account, options: SupersedeOptions) => Promise<void>;

interface SupersedeOptions {
  /** Told once the account is written, whatever becomes of the rest. */
  onWritten: () => void;
  /** The session that goes on. */
  keepId?: string | undefined;
}

export interface SupersedeCollaborators {
  accounts: Accounts;
  sessions: Sessions;
  endAll: EndAllSessions;
  /** Starts to publish the change, and is not waited for. */
  announce: (profile: Profile) => void;
  now: () => Date;
}

export function createSupersedeAccount(collaborators: SupersedeCollaborators): SupersedeAccount {
  const { accounts, sessions, endAll, announce, now } = collaborators;
  return async (next, { onWritten, keepId }) => {
    // The caller looks at the account again.
    if (!(await accounts.replace(next))) throw new NatterError('service_unavailable', { retryAfter: 1 });
    onWritten();
    try {
      const { id: userId, sessionEpoch: epoch } = next;
      if (keepId !== undefined) await sessions.keep({ id: keepId, userId }, epoch);
      await endAll(next, now());
    } catch (cause) {
      throw new NatterError('outcome_unknown', { cause });
    }
    announce(next);
  };
}
