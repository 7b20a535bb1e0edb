import type { Accounts } from './account.ts';
import type { AuditLog } from './audit-log.ts';
import type { Directory } from './directory.ts';
import type { Invites } from './invite.ts';
import type { Outbox } from './outbox.ts';
import type { Sessions } from './session.ts';

/** Everything that the service keeps. What one port has written, the others see. */
export interface Storage {
  readonly accounts: Accounts;
  readonly directory: Directory;
  readonly outbox: Outbox;
  readonly sessions: Sessions;
  readonly audit: AuditLog;
  readonly invites: Invites;
}
