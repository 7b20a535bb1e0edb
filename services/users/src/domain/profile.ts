/** What everyone may know of a user. */
export interface Profile {
  readonly id: string;
  /** Folded to lower case. */
  readonly username: string;
  readonly displayName: string;
  readonly created: Date;
  /** Whether the account is no more. Its id and its username stay, and nobody else ever gets them. */
  readonly deleted: boolean;
  /** Grows by one with each change. */
  readonly version: number;
}
