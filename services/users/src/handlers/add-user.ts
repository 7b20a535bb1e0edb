import { type Handler, implement } from '@natter/bus';
import { addUser } from '@natter/contracts';
import { type AccountMaking, makeAccount } from './make-account.ts';

export function handleAddUser(making: AccountMaking): Handler {
  return implement(addUser, (newUser, { requestId }) =>
    makeAccount(making, newUser, { by: 'operator', requestId }),
  );
}
