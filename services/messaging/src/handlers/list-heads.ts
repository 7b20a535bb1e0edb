import { type Handler, implement } from '@natter/bus';
import { listHeads } from '@natter/contracts';
import type { SyncingServices } from './syncing-services.ts';

export function handleListHeads({ changes, epoch }: Pick<SyncingServices, 'changes' | 'epoch'>): Handler {
  return implement(listHeads, async ({ callerId, afterId, limit }) => {
    const position = { kind: 'changes' as const, epoch: epoch(), at: await changes.now(), revs: {} };
    return { position, heads: await changes.listHeads(callerId, limit, afterId) };
  });
}
