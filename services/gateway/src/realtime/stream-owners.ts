import { NatterError } from '@natter/contracts';
import type { Caller } from '../auth/authenticate.ts';
import type { EndReason } from './live-events.ts';
import type { OpenStream } from './open-stream.ts';

/** Somebody whose stream is being opened. */
interface Claim {
  readonly caller: Caller;
  /** Whether their password may have been changed since. */
  doubtful: boolean;
}

/** Which streams end with which session, or password. */
export class StreamOwners {
  readonly #ofSession = new Map<string, Set<OpenStream>>();
  readonly #ofPasswords = new Set<OpenStream>();
  readonly #claims = new Set<Claim>();

  /** Runs what opens a stream for a caller. @throws {NatterError} `service_unavailable` where their password may have been changed meanwhile. */
  async opening<T>(caller: Caller, open: (stillGood: () => void) => Promise<T>): Promise<T> {
    const claim: Claim = { caller, doubtful: false };
    this.#claims.add(claim);
    try {
      return await open(() => {
        if (claim.doubtful) throw new NatterError('service_unavailable', { retryAfter: 1 });
      });
    } finally {
      this.#claims.delete(claim);
    }
  }

  add(stream: OpenStream): void {
    const { sessionId } = stream.caller;
    if (sessionId === undefined) {
      this.#ofPasswords.add(stream);
      return;
    }
    const others = this.#ofSession.get(sessionId);
    if (others === undefined) this.#ofSession.set(sessionId, new Set([stream]));
    else others.add(stream);
  }

  remove(stream: OpenStream): void {
    this.#ofPasswords.delete(stream);
    const { sessionId = '' } = stream.caller;
    const streams = this.#ofSession.get(sessionId);
    streams?.delete(stream);
    if (streams?.size === 0) this.#ofSession.delete(sessionId);
  }

  endSession(sessionId: string): void {
    for (const stream of this.#ofSession.get(sessionId) ?? []) stream.end('session_ended');
  }

  /** Ends what passwords opened: one user's, or all. */
  endPasswords(reason: EndReason, userId?: string): void {
    const concerns = ({ id }: Caller) => userId === undefined || id === userId;
    for (const claim of this.#claims)
      if (concerns(claim.caller)) claim.doubtful ||= claim.caller.sessionId === undefined;
    for (const stream of this.#ofPasswords) if (concerns(stream.caller)) stream.end(reason);
  }
}
