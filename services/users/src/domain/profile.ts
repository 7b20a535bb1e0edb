import type { Receipts } from '@natter/contracts';

/** What other services know of a user. */
export interface Profile {
  readonly id: string;
  /** Folded to lower case. */
  readonly username: string;
  readonly displayName: string;
  readonly created: Date;
  /** Nobody else's business. */
  readonly receipts: Receipts;
  /** Whether the account is no more. Its id and its username stay, and nobody else ever gets them. */
  readonly deleted: boolean;
  /** Grows by one with each change. */
  readonly version: number;
}
