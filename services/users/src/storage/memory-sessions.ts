import type { Session, Sessions } from '../domain/session.ts';

/** Sessions in memory, for tests. None is forgotten. */
export class MemorySessions implements Sessions {
  readonly #sessions = new Map<string, Session>();

  async add(session: Session): Promise<void> {
    this.#sessions.set(session.id, session);
  }

  async findBySeries(seriesHash: string): Promise<Session | undefined> {
    return [...this.#sessions.values()].find((session) => session.seriesHash === seriesHash);
  }

  async replace(before: Session, next: Session): Promise<boolean> {
    const current = this.#sessions.get(before.id);
    if (!current || current.ended || current.refreshTokenHash !== before.refreshTokenHash) return false;
    this.#sessions.set(next.id, next);
    return true;
  }

  async end(id: string, forgetAt: Date): Promise<void> {
    const current = this.#sessions.get(id);
    if (current && !current.ended) this.#sessions.set(id, { ...current, ended: true, expires: forgetAt });
  }
}
