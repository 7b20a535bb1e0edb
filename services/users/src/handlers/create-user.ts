import { type Handler, implement } from '@natter/bus';
import { createUser, NatterError } from '@natter/contracts';
import type { Admit } from '../domain/admit.ts';
import { type AccountMaking, makeAccount } from './make-account.ts';

export function handleCreateUser(admit: Admit, making: AccountMaking): Handler {
  return implement(createUser, async ({ invite: token, ...newUser }, { requestId, address }) => {
    try {
      const invite = await admit(token, new Date());
      return await makeAccount(making, newUser, { by: 'user', requestId, address, invite });
    } catch (error) {
      if (error instanceof NatterError && error.code === 'registration_closed') {
        making.record({ kind: 'account.refused', by: 'user', requestId, address, detail: error.message });
      }
      throw error;
    }
  });
}
