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
    this.#sessions.set(next.id, { ...next, epoch: current.epoch });
    return true;
  }

  async end({ id, userId }: { id: string; userId: string }, forgetAt: Date): Promise<Session | undefined> {
    const current = this.#sessions.get(id);
    if (current?.userId !== userId) return undefined;
    const ended = current.ended ? current : { ...current, ended: true, expires: forgetAt };
    this.#sessions.set(id, ended);
    return ended;
  }

  async keep({ id, userId }: { id: string; userId: string }, epoch: number): Promise<void> {
    const current = this.#sessions.get(id);
    if (current?.userId === userId && !current.ended) this.#sessions.set(id, { ...current, epoch });
  }

  async endBefore({ userId, epoch }: { userId: string; epoch: number }, forgetAt: Date): Promise<void> {
    for (const session of this.#sessions.values()) {
      if (session.userId === userId && session.epoch < epoch) await this.end(session, forgetAt);
    }
  }

  async list({ userId, aliveAt, beforeId, limit }: SessionQuery): Promise<Session[]> {
    return [...this.#sessions.values()]
      .filter((session) => session.userId === userId && !session.ended && session.expires > aliveAt)
      .filter(({ id }) => beforeId === undefined || id < beforeId)
      .toSorted((one, other) => (one.id > other.id ? -1 : 1))
      .slice(0, limit);
  }

  async listEnded(query: EndedSessionQuery): Promise<Session[]> {
    const { userId, accessAfter, forgottenAfter, afterId = '', limit } = query;
    return [...this.#sessions.values()]
      .filter(({ ended, id }) => ended && id > afterId)
      .filter(({ accessUntil, expires }) => accessUntil > accessAfter || expires > forgottenAfter)
      .filter((session) => userId === undefined || session.userId === userId)
      .toSorted((one, other) => (one.id < other.id ? -1 : 1))
      .slice(0, limit);
  }
}
