import type { Profile } from './profile.ts';

export interface AccessToken {
  readonly token: string;
  readonly expiresInSeconds: number;
}

/** Port: signs what a gateway can verify by itself. */
export interface AccessTokens {
  /** @param at when it is issued, to the second; its life begins then. */
  sign(user: Profile, sessionId: string, at: Date): AccessToken;
}
