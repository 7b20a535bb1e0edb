import type { AuditLog, RecordAudit } from '../domain/audit-log.ts';

/**
 * Records by which keys there will be tokens, unless the last record of that says the same. Replicas that start at once
 * may each record it. The first of the key ids is that of the key that signs.
 */
export async function recordChangedKeys(
  log: AuditLog,
  [signing, ...others]: readonly string[],
  record: RecordAudit,
): Promise<void> {
  const detail = [`signing ${signing}`, ...others.map((kid) => `published ${kid}`)].join(', ');
  const query = { kind: 'keys.changed', username: undefined, since: undefined, beforeId: undefined } as const;
  const [last] = await log.list({ ...query, limit: 1 });
  if (last?.detail !== detail) record({ kind: 'keys.changed', by: 'service', detail });
}
