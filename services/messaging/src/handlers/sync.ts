import { type Handler, implement } from '@natter/bus';
import { sync } from '@natter/contracts';
import { syncChanges } from './sync-changes.ts';
import { syncSnapshot } from './sync-snapshot.ts';
import type { SyncingServices } from './syncing-services.ts';

/** Revs of another epoch say nothing about the logs as they are now: whoever comes with some begins anew. */
export function handleSync(services: SyncingServices): Handler {
  return implement(sync, ({ callerId: viewerId, position, limit }) => {
    const known = position?.epoch === services.epoch() ? position : undefined;
    return known?.kind === 'changes'
      ? syncChanges(services, { viewerId, position: known, limit })
      : syncSnapshot(services, { viewerId, position: known, limit });
  });
}
