/** The key that seals clients' cursors: kept with the logs, so that every replica and every restart has the same. */
export interface CursorKeys {
  /** 32 bytes in base64url; where there is none yet, one is made. The same for everybody who asks. */
  current(): Promise<string>;
}
