import { type Handler, implement } from '@natter/bus';
import { getCursorKey } from '@natter/contracts';
import type { SyncingServices } from './syncing-services.ts';

export function handleGetCursorKey({ cursorKeys }: Pick<SyncingServices, 'cursorKeys'>): Handler {
  return implement(getCursorKey, async () => ({ key: await cursorKeys.current() }));
}
