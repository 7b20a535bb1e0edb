import type { Profile } from './profile.ts';

interface AccessToken {
  readonly token: string;
  readonly expiresInSeconds: number;
}

/** Port: signs what a gateway can verify by itself. */
export interface AccessTokens {
  sign(user: Profile, sessionId: string): AccessToken;
}
