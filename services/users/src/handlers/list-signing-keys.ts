import { type Handler, implement } from '@natter/bus';
import { listSigningKeys, type SigningKey } from '@natter/contracts';

export function handleListSigningKeys(keys: SigningKey[]): Handler {
  return implement(listSigningKeys, async () => ({ keys }));
}
