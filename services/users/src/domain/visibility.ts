/** Whom one may find: everyone, or whoever shares a conversation with one; by `none` moreover lists show nobody. */
export type DirectoryPolicy = 'everyone' | 'shared' | 'none';

/** Port: who shares a conversation with whom. @throws {NatterError} `service_unavailable` when it can't be told. */
export interface Acquaintances {
  areAcquainted(userId: string, otherId: string): Promise<boolean>;
  /** All who share one with a user, in any order. */
  listOf(userId: string): Promise<string[]>;
}

/** What the directory shows to whom. */
export interface Visibility {
  /** The ids of those whom lists show to a user; undefined where they show everyone. */
  listedTo(userId: string): Promise<readonly string[] | undefined>;
  /** Whether somebody may find a user. Of whom it is not known who they are, that is who everyone may find. */
  isVisible(viewerId: string | undefined, userId: string): Promise<boolean>;
}

export function createVisibility(policy: DirectoryPolicy, acquaintances: Acquaintances): Visibility {
  if (policy === 'everyone') return { listedTo: async () => undefined, isVisible: async () => true };
  return {
    listedTo: async (userId) => (policy === 'none' ? [] : await acquaintances.listOf(userId)),
    isVisible: async (viewerId, userId) => {
      if (viewerId === undefined) return false;
      return viewerId === userId || (await acquaintances.areAcquainted(viewerId, userId));
    },
  };
}
