import type { Account } from './account.ts';

export interface AccessToken {
  readonly token: string;
  readonly expiresInSeconds: number;
}

/** Port: signs what a gateway can verify by itself. */
export interface AccessTokens {
  /**
   * Of an account with a second factor in force it says that its bearer has proved it: a session of such an account was begun
   * with a code, or is the one in which a code has confirmed the factor.
   *
   * @param at when it is issued, to the second; its life begins then.
   */
  sign(account: Account, sessionId: string, at: Date): AccessToken;
}
