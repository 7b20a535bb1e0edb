import { type Handler, implement } from '@natter/bus';
import { type AuditRecord, listAudit } from '@natter/contracts';
import type { AuditEntry, AuditLog } from '../domain/audit-log.ts';

export function handleListAudit(log: AuditLog): Handler {
  return implement(listAudit, async ({ username, since, beforeId, limit }) => {
    const from = since === undefined ? undefined : new Date(since);
    const entries = await log.list({ username, since: from, beforeId, limit });
    return { records: entries.map(toRecord) };
  });
}

function toRecord({ at, expires: _, ...entry }: AuditEntry): AuditRecord {
  return { ...entry, at: at.toISOString() };
}
