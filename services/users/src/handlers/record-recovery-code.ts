import type { CallContext } from '@natter/bus';
import type { RecordAudit } from '../domain/audit-log.ts';
import type { CodeUsed } from '../domain/use-code.ts';

/** Records that a recovery code was used, where one was: who did not do it should hear of it. */
export function recordRecoveryCode(
  record: RecordAudit,
  { account, recoveryCodesLeft }: CodeUsed,
  { requestId, address }: CallContext,
): void {
  if (recoveryCodesLeft === undefined) return;
  const { id: userId, username } = account;
  const detail = `${recoveryCodesLeft} left`;
  record({ kind: 'second_factor.recovery_used', by: 'user', requestId, address, userId, username, detail });
}
