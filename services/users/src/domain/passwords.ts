/** Port: slow, salted hashes of passwords. */
export interface Passwords {
  /** @throws {NatterError} `overloaded` when too many wait already; so does `verify`. */
  hash(password: string): Promise<string>;
  /** False without a hash, after the same work as with one. */
  verify(hash: string | undefined, password: string): Promise<boolean>;
}
