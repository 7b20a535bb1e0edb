/** A secret as it is kept: under one of the keys of the service. */
export interface SealedSecret {
  /** Of the key. */
  readonly kid: string;
  readonly box: string;
}

/** What proves, beside the password, that one is the owner of an account. */
export interface SecondFactor {
  /** The secret of the codes that an app shows (RFC 6238), once for each key that the service had then. */
  readonly seals: readonly SealedSecret[];
  /** Whether a code has shown that its owner has the secret; until then nobody is asked for any. */
  readonly confirmed: boolean;
  /** The time step of the latest code that was used: no code of it, or of one before it, is good any more. */
  readonly lastStep: number;
  /** Of the recovery codes that were not used. */
  readonly recoveryHashes: readonly string[];
}

/** Port: the codes of an app, and their secrets. */
export interface TimeCodes {
  /** @returns a new secret, as it is kept and as its owner's app takes it. */
  create(owner: SecretOwner): { seals: SealedSecret[]; secret: string; uri: string };
  /** Near that time, the time step that a code of six digits belongs to; undefined where it is none of this secret. */
  stepOf(code: string, secret: KeptSecret, at: Date): number | undefined;
  /**
   * @returns the secret sealed under all of the keys that there are now; undefined where it is already, or where none of
   * them opens it.
   */
  reseal(secret: KeptSecret): SealedSecret[] | undefined;
}

export interface KeptSecret extends Pick<SecondFactor, 'seals'> {
  readonly ownerId: string;
}

interface SecretOwner {
  id: string;
  username: string;
}

/** A second factor whose secret its owner has yet to show to have. */
export function pendingSecondFactor(seals: readonly SealedSecret[]): SecondFactor {
  return { seals, confirmed: false, lastStep: 0, recoveryHashes: [] };
}
