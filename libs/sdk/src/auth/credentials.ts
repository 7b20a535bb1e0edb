/** What a user is known by. */
export interface Credentials {
  /** For the `Authorization` header. */
  authorization(): Promise<string>;
  /**
   * What was used was refused. Resolves with whether there is something else to use now.
   *
   * @throws {NatterClientError} `invalid_token` where the session is over.
   */
  renew(used: string): Promise<boolean>;
}
