import type { AuditKind, AuditRecord } from '@natter/contracts';

/** What happened, in words of the code: neither secrets nor text that a client typed. */
export interface AuditEvent extends Omit<AuditRecord, 'id' | 'at'> {
  readonly kind: AuditKind;
}

/** An event as it is kept. */
export interface AuditEntry extends AuditEvent {
  /** A UUIDv7, so that entries sort by it as they happened. */
  readonly id: string;
  readonly at: Date;
  /** From when on it may be forgotten. */
  readonly expires: Date;
}

export interface AuditQuery {
  /** Only of the account that has, or had, this username. */
  readonly username: string | undefined;
  readonly kind?: AuditKind | undefined;
  /** Only what happened then or later. */
  readonly since: Date | undefined;
  /** Only entries before this one; for the next page. */
  readonly beforeId: string | undefined;
  readonly limit: number;
}

/** Port: the entries that are kept. They are never changed, and go when they have expired. */
export interface AuditLog {
  /** Keeps entries, durably before it resolves. One that is kept already is left as it is. */
  add(entries: readonly AuditEntry[]): Promise<void>;
  /** The latest first. */
  list(query: AuditQuery): Promise<AuditEntry[]>;
}

/** Tells of what happened; it neither fails nor is waited for. */
export type RecordAudit = (event: AuditEvent) => void;
