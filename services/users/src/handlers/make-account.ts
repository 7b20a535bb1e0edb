import { type AuditRecord, NatterError, type User } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';
import type { Accounts } from '../domain/account.ts';
import type { RecordAudit } from '../domain/audit-log.ts';
import { newAccount } from '../domain/create-user.ts';
import { inviteName } from '../domain/invite.ts';
import type { Passwords } from '../domain/passwords.ts';
import type { Profile } from '../domain/profile.ts';
import { refuseGuessable } from '../passwords/refuse-guessable.ts';
import { toUser } from '../user-dto.ts';

export interface AccountMaking {
  accounts: Accounts;
  passwords: Passwords;
  /** Starts to publish a new profile, and is not waited for. */
  announce: (profile: Profile) => void;
  record: RecordAudit;
}

export interface NewUser {
  /** Folded. */
  username: string;
  password: string;
  displayName?: string | undefined;
}

/** Who makes an account, and with what. */
export interface Maker extends Pick<AuditRecord, 'by' | 'requestId' | 'address'> {
  /** The hash of the invite that the account uses up. */
  invite?: string | undefined;
}

/** @throws {NatterError} `username_taken`, `validation_failed` for a password that is easily guessed, or what the ports throw. */
export async function makeAccount(
  { accounts, passwords, announce, record }: AccountMaking,
  { username, displayName, password }: NewUser,
  { invite, ...maker }: Maker,
): Promise<User> {
  refuseGuessable({ password, username, pointer: '/password' });
  const passwordHash = await passwords.hash(password);
  const account = newAccount({ id: uuidv7(), username, displayName, passwordHash, invite, at: new Date() });
  if (!(await accounts.add(account))) throw new NatterError('username_taken');
  announce(account);
  const detail = invite === undefined ? undefined : inviteName(invite);
  record({ kind: 'account.created', ...maker, userId: account.id, username, detail });
  return toUser(account);
}
