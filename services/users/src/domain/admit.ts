import { NatterError, type RegistrationPolicy } from '@natter/contracts';
import { hashInvite, type Invites } from './invite.ts';

/**
 * Tells whether somebody may make an account, before any work is done for them.
 *
 * @param invite as it was given.
 * @returns the hash of the invite that the account will use up; undefined where it needs none.
 * @throws {NatterError} `registration_closed`
 */
export type Admit = (invite: string | undefined, at: Date) => Promise<string | undefined>;

export function createAdmit(policy: RegistrationPolicy, invites: Invites): Admit {
  return async (token, at) => {
    if (policy === 'open') return undefined;
    if (policy === 'closed') throw new NatterError('registration_closed');
    if (token === undefined) throw new NatterError('registration_closed', { detail: 'An invite is needed' });
    const hash = hashInvite(token);
    const invite = await invites.findUnused(hash);
    if (invite === undefined || invite.expires <= at) throw inviteNotGood();
    return hash;
  };
}

/** The same whether there never was such an invite, it has expired, or another account was made with it. */
export function inviteNotGood(): NatterError {
  return new NatterError('registration_closed', { detail: 'The invite is not good, or not any more' });
}
