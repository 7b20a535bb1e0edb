import type { User } from '../contract-types.ts';

/** A session as it is kept: whoever has it is its user. */
export interface StoredSession {
  id: string;
  user: User;
  accessToken: string;
  refreshToken: string;
  /** When the access token is to be renewed, in milliseconds since 1970. */
  renewAt: number;
}

/**
 * Keeps the session of one user, for as long as the caller wants it to live: in memory, in the browser's storage, in a
 * keychain. Whoever shares a store, such as two tabs, shares the session.
 */
export interface SessionStore {
  load(): Promise<StoredSession | undefined> | StoredSession | undefined;
  /** Undefined: there is none any more. Must have happened when it resolves. */
  save(session: StoredSession | undefined): Promise<void> | void;
}

/** Keeps it as long as the page, or the process. */
export function memorySessionStore(): SessionStore {
  let kept: StoredSession | undefined;
  return {
    load: () => kept,
    save(session) {
      kept = session;
    },
  };
}
