/** Who keeps whom off. */
export interface Blocks {
  /** Harmless when repeated. */
  block(blockerId: string, blockedId: string): Promise<void>;

  /** Harmless where there is no block. */
  unblock(blockerId: string, blockedId: string): Promise<void>;

  /** Whom the user has blocked: ids in ascending order, from after one on. */
  list(blockerId: string, limit: number, afterId?: string): Promise<string[]>;

  /** Whether one of these has blocked the user. */
  isBlockedByAny(blockedId: string, blockerIds: readonly string[]): Promise<boolean>;

  /** All whom the user has blocked, or who have blocked the user. */
  listApart(userId: string): Promise<string[]>;

  /** Whether one of the two has blocked the other. */
  areApart(userId: string, otherId: string): Promise<boolean>;
}
