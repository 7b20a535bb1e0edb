import type { Handler } from '@natter/bus';
import type { RegistrationPolicy, SigningKey } from '@natter/contracts';
import type { AccessTokens } from '../domain/access-token.ts';
import { createAdmit } from '../domain/admit.ts';
import type { RecordAudit } from '../domain/audit-log.ts';
import { createAuthenticate } from '../domain/authenticate.ts';
import type { EndAllSessions } from '../domain/end-all-sessions.ts';
import { createEndSession, type TellEnded } from '../domain/end-session.ts';
import type { Passwords } from '../domain/passwords.ts';
import type { Profile } from '../domain/profile.ts';
import { createRefreshSession } from '../domain/refresh-session.ts';
import type { TimeCodes } from '../domain/second-factor.ts';
import type { SessionLifetimes } from '../domain/session-lifetimes.ts';
import type { Storage } from '../domain/storage.ts';
import { createSupersedeAccount } from '../domain/supersede-account.ts';
import { createUseCode, type UseCode } from '../domain/use-code.ts';
import type { Visibility } from '../domain/visibility.ts';
import { handleAddUser } from './add-user.ts';
import { handleBeginSecondFactor } from './begin-second-factor.ts';
import { handleChangePassword } from './change-password.ts';
import { handleCheckCredentials } from './check-credentials.ts';
import { handleConfirmSecondFactor } from './confirm-second-factor.ts';
import { handleCreateInvite } from './create-invite.ts';
import { handleCreateSession } from './create-session.ts';
import { handleCreateUser } from './create-user.ts';
import { handleDeleteUser } from './delete-user.ts';
import { handleDisableUser } from './disable-user.ts';
import { handleEnableUser } from './enable-user.ts';
import { handleEndSession } from './end-session.ts';
import { handleGetProfiles } from './get-profiles.ts';
import { handleGetUser } from './get-user.ts';
import { handleListAudit } from './list-audit.ts';
import { handleListEndedSessions } from './list-ended-sessions.ts';
import { handleListProfiles } from './list-profiles.ts';
import { handleListSessions } from './list-sessions.ts';
import { handleListSigningKeys } from './list-signing-keys.ts';
import { handleListUsers } from './list-users.ts';
import { recordFailedLogins, recordLogins } from './record-logins.ts';
import { handleRecordOperatorCommand } from './record-operator-command.ts';
import { handleRefreshSession } from './refresh-session.ts';
import { handleRemoveSecondFactor } from './remove-second-factor.ts';
import { handleReportLimitedLogins } from './report-limited-logins.ts';
import { handleResetPassword } from './reset-password.ts';
import { handleResetSecondFactor } from './reset-second-factor.ts';
import { handleUpdateUser } from './update-user.ts';

export interface Collaborators {
  storage: Storage;
  passwords: Passwords;
  timeCodes: TimeCodes;
  accessTokens: AccessTokens;
  lifetimes: SessionLifetimes;
  /** As they are published. */
  signingKeys: SigningKey[];
  visibility: Visibility;
  registration: RegistrationPolicy;
  endAll: EndAllSessions;
  tellEnded: TellEnded;
  /** Starts to publish a profile, and is not waited for. */
  announce: (profile: Profile) => void;
  record: RecordAudit;
  now: () => Date;
}

/** Everything that users can be asked. */
export function createHandlers(collaborators: Collaborators): Handler[] {
  const { storage, timeCodes, now } = collaborators;
  const useCode = createUseCode({ accounts: storage.accounts, timeCodes, now });
  return [
    ...makingHandlers(collaborators),
    ...changingHandlers(collaborators),
    ...secondFactorHandlers(collaborators, useCode),
    ...directoryHandlers(collaborators),
    ...sessionHandlers(collaborators, useCode),
    handleListAudit(collaborators.storage.audit),
    handleRecordOperatorCommand(collaborators.record),
    handleListSigningKeys(collaborators.signingKeys),
  ];
}

function makingHandlers({ storage, passwords, registration, announce, record }: Collaborators): Handler[] {
  const { accounts, invites } = storage;
  const making = { accounts, passwords, announce, record };
  return [
    handleCreateUser(createAdmit(registration, invites), making),
    handleAddUser(making),
    handleCreateInvite(invites, registration, record),
  ];
}

function changingHandlers(collaborators: Collaborators): Handler[] {
  const { storage, passwords, announce, record } = collaborators;
  const { accounts } = storage;
  const supersede = supersedeOf(collaborators);
  return [
    handleUpdateUser(accounts, announce),
    handleDeleteUser(accounts, passwords, supersede, record),
    handleChangePassword(accounts, passwords, supersede, record),
    handleResetPassword(accounts, passwords, supersede, record),
    handleDisableUser(accounts, supersede, record),
    handleEnableUser(accounts, announce, record),
  ];
}

function secondFactorHandlers(collaborators: Collaborators, useCode: UseCode): Handler[] {
  const { storage, passwords, timeCodes, record, now } = collaborators;
  const { accounts } = storage;
  const supersede = supersedeOf(collaborators);
  return [
    handleBeginSecondFactor(accounts, passwords, timeCodes),
    handleConfirmSecondFactor({ accounts, timeCodes, supersede, record, now }),
    handleRemoveSecondFactor({ accounts, passwords, useCode, supersede, record }),
    handleResetSecondFactor(accounts, supersede, record),
  ];
}

function supersedeOf({ storage: { accounts, sessions }, endAll, announce, now }: Collaborators) {
  return createSupersedeAccount({ accounts, sessions, endAll, announce, now });
}

function directoryHandlers({ storage: { accounts, directory }, visibility }: Collaborators): Handler[] {
  return [
    handleListUsers(directory, visibility),
    handleGetUser(directory, accounts, visibility),
    handleGetProfiles(directory),
    handleListProfiles(directory),
  ];
}

function sessionHandlers(collaborators: Collaborators, useCode: UseCode): Handler[] {
  const { storage, passwords, accessTokens, lifetimes, tellEnded, record, now } = collaborators;
  const { accounts, sessions, directory } = storage;
  const authenticate = createAuthenticate(accounts, passwords);
  const end = createEndSession(sessions, tellEnded);
  const createSession = handleCreateSession({
    authenticate,
    useCode,
    accounts,
    sessions,
    end,
    accessTokens,
    lifetimes,
    record,
    now,
  });
  const refresh = createRefreshSession({ accounts, sessions, end, lifetimes });
  const recording = { directory, record };
  return [
    recordFailedLogins(handleCheckCredentials(authenticate), recording),
    recordFailedLogins(recordLogins(createSession, recording), recording),
    handleReportLimitedLogins(directory, record),
    handleRefreshSession(refresh, accessTokens, now, record),
    handleListSessions(sessions, now),
    handleEndSession(end, now, record),
    handleListEndedSessions(sessions, now),
  ];
}
