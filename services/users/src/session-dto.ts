import type { SessionGrant } from '@natter/contracts';
import type { Session } from './domain/session.ts';

export function toSession({
  id,
  device,
  created,
  lastUsed,
}: Session): Omit<SessionGrant['session'], 'current'> {
  return { id, device, created: created.toISOString(), lastUsed: lastUsed.toISOString() };
}
