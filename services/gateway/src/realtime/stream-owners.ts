import { NatterError } from '@natter/contracts';
import type { Caller } from '../auth/authenticate.ts';
import type { EndReason } from './live-events.ts';
import type { OpenStream } from './open-stream.ts';
import type { UserFeed } from './user-feed.ts';

/** Somebody whose stream is being opened. */
interface Claim {
  readonly caller: Caller;
  /** Whether their password may have been changed since. */
  doubtful: boolean;
}

/** Which streams end with which session, or password. */
export class StreamOwners {
  /** Whose each session is of which there are streams. */
  readonly #users = new Map<string, UserFeed>();
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

  /** A stream of that user, who has it already. */
  add(user: UserFeed, stream: OpenStream): void {
    const { sessionId } = stream.caller;
    if (sessionId === undefined) this.#ofPasswords.add(stream);
    else this.#users.set(sessionId, user);
  }

  /** A stream that its user has no more. */
  remove(user: UserFeed, stream: OpenStream): void {
    this.#ofPasswords.delete(stream);
    const { sessionId } = stream.caller;
    if (sessionId === undefined || this.#users.get(sessionId) !== user) return;
    if (!user.streams.some(({ caller }) => caller.sessionId === sessionId)) this.#users.delete(sessionId);
  }

  endSession(sessionId: string): void {
    for (const stream of this.#users.get(sessionId)?.streams ?? []) {
      if (stream.caller.sessionId === sessionId) stream.end('session_ended');
    }
  }

  /** Ends what passwords opened: one user's, or all. */
  endPasswords(reason: EndReason, userId?: string): void {
    const concerns = ({ id }: Caller) => userId === undefined || id === userId;
    for (const claim of this.#claims)
      if (concerns(claim.caller)) claim.doubtful ||= claim.caller.sessionId === undefined;
    for (const stream of this.#ofPasswords) if (concerns(stream.caller)) stream.end(reason);
  }
}
