import type { AuditEntry, AuditLog, AuditQuery } from '../domain/audit-log.ts';

/** The audit log in memory, for tests: forgets nothing. */
export class MemoryAuditLog implements AuditLog {
  readonly #entries = new Map<string, AuditEntry>();

  async add(entries: readonly AuditEntry[]): Promise<void> {
    for (const entry of entries) if (!this.#entries.has(entry.id)) this.#entries.set(entry.id, entry);
  }

  async list({ username, kind, since, beforeId, limit }: AuditQuery): Promise<AuditEntry[]> {
    return [...this.#entries.values()]
      .filter((entry) => username === undefined || entry.username === username)
      .filter((entry) => kind === undefined || entry.kind === kind)
      .filter((entry) => since === undefined || entry.at >= since)
      .filter((entry) => beforeId === undefined || entry.id < beforeId)
      .toSorted((one, other) => (one.id < other.id ? 1 : -1))
      .slice(0, limit);
  }
}
