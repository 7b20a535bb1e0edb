import { createHash, randomBytes } from 'node:crypto';

/** Lets one account be made, until it expires. The invite itself is known to whom the operator gave it. */
export interface Invite {
  readonly hash: string;
  readonly created: Date;
  readonly expires: Date;
}

/** Port: the invites that there are. That one is used is said by the account that was made with it. */
export interface Invites {
  /** Keeps a new invite, durably before it resolves. */
  add(invite: Invite): Promise<void>;
  /** The invite of this hash, unless an account was made with it. It may have expired. */
  findUnused(hash: string): Promise<Invite | undefined>;
}

/** 144 random bits: nothing to guess, so a fast hash keeps it well enough. */
export function createInviteToken(): string {
  return randomBytes(18).toString('base64url');
}

export function hashInvite(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** By which the audit log names an invite: enough to find the other entry of it, and of no use otherwise. */
export function inviteName(hash: string): string {
  return `invite ${hash.slice(0, 8)}`;
}
