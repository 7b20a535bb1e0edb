import type { EndedSessionQuery, Session, SessionQuery, Sessions } from '../domain/session.ts';

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

  async end({ id, userId }: { id: string; userId: string }, forgetAt: Date): Promise<Session | undefined> {
    const current = this.#sessions.get(id);
    if (current?.userId !== userId) return undefined;
    const ended = current.ended ? current : { ...current, ended: true, expires: forgetAt };
    this.#sessions.set(id, ended);
    return ended;
  }

  async list({ userId, aliveAt, beforeId, limit }: SessionQuery): Promise<Session[]> {
    return [...this.#sessions.values()]
      .filter((session) => session.userId === userId && !session.ended && session.expires > aliveAt)
      .filter(({ id }) => beforeId === undefined || id < beforeId)
      .toSorted((one, other) => (one.id > other.id ? -1 : 1))
      .slice(0, limit);
  }

  async listEnded({ accessAfter, afterId = '', limit }: EndedSessionQuery): Promise<Session[]> {
    return [...this.#sessions.values()]
      .filter(({ id, ended, accessUntil }) => ended && accessUntil > accessAfter && id > afterId)
      .toSorted((one, other) => (one.id < other.id ? -1 : 1))
      .slice(0, limit);
  }
}
