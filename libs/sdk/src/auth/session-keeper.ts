import type { SessionGrant } from '../contract-types.ts';
import { hasCode, isRetryable, NatterClientError } from '../natter-client-error.ts';
import type { Timing } from '../timing.ts';
import type { Credentials } from './credentials.ts';
import type { SessionStore, StoredSession } from './session-store.ts';

/** The part of its life after which an access token is renewed. */
const renewAfter = 0.8;

export interface SessionKeeperOptions {
  store: SessionStore;
  timing: Pick<Timing, 'now'>;
  refresh(refreshToken: string): Promise<SessionGrant>;
}

/** The tokens of a session, renewed before they expire and when they are refused, once for all who wait for it. */
export class SessionKeeper implements Credentials {
  readonly #options: SessionKeeperOptions;
  #renewal: Promise<StoredSession> | undefined;

  constructor(options: SessionKeeperOptions) {
    this.#options = options;
  }

  async authorization(): Promise<string> {
    const session = await this.#current();
    const { renewAt } = session;
    return bearer(renewAt > this.#options.timing.now() ? session : await this.#renewedInTime(session));
  }

  async renew(used: string): Promise<boolean> {
    const session = await this.#current();
    if (bearer(session) === used) await this.#renewed(session);
    return true;
  }

  async keep({ session, user, accessToken, refreshToken, expiresIn }: SessionGrant): Promise<StoredSession> {
    const renewAt = this.#options.timing.now() + expiresIn * 1_000 * renewAfter;
    const stored = { id: session.id, user, accessToken, refreshToken, renewAt };
    await this.#options.store.save(stored);
    return stored;
  }

  async forget(): Promise<void> {
    await this.#options.store.save(undefined);
  }

  async #current(): Promise<StoredSession> {
    const session = await this.#options.store.load();
    if (session !== undefined) return session;
    const message = 'There is no session: log in first';
    throw new NatterClientError({ code: 'unauthenticated', message, retryable: false });
  }

  /** Where that can't be done now, what there is may be good for a while yet. */
  async #renewedInTime(session: StoredSession): Promise<StoredSession> {
    try {
      return await this.#renewed(session);
    } catch (error) {
      if (isRetryable(error)) return session;
      throw error;
    }
  }

  /** A refresh token is good once: two at a time would end the session. */
  #renewed(session: StoredSession): Promise<StoredSession> {
    this.#renewal ??= this.#renewOnce(session).finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renewOnce({ refreshToken }: StoredSession): Promise<StoredSession> {
    try {
      return await this.keep(await this.#options.refresh(refreshToken));
    } catch (error) {
      if (!hasCode(error, 'invalid_token')) throw error;
      // Somebody who shares the store may have been faster.
      const stored = await this.#current();
      if (stored.refreshToken !== refreshToken) return stored;
      await this.forget();
      throw error;
    }
  }
}

function bearer({ accessToken }: StoredSession): string {
  return `Bearer ${accessToken}`;
}
