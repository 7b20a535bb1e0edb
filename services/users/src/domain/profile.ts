/** What everyone may know of a user. */
export interface Profile {
  readonly id: string;
  /** Folded to lower case. */
  readonly username: string;
  readonly displayName: string;
  readonly created: Date;
  /** Grows by one with each change. */
  readonly version: number;
}
