import type { TellEnded } from '../domain/end-session.ts';
import type { Session } from '../domain/session.ts';

/**
 * Tells the gateways of sessions that have ended; of which it could not, it can tell again. Nothing else would: whoever
 * ended one may not ask a second time, and gateways whose own way to NATS was never cut read the list only now and then.
 */
export class EndedSessionTeller {
  readonly #push: TellEnded;
  readonly #untold = new Map<string, Session>();

  constructor(push: TellEnded) {
    this.#push = push;
  }

  readonly tell: TellEnded = async (userId, sessions) => {
    try {
      await this.#push(userId, sessions);
    } catch (error) {
      for (const session of sessions) this.#untold.set(session.id, session);
      throw error;
    }
  };

  /** @throws what telling threw; what is left is told the next time. */
  async tellAgain(): Promise<void> {
    for (const session of this.#untold.values()) {
      await this.#push(session.userId, [session]);
      this.#untold.delete(session.id);
    }
  }
}
