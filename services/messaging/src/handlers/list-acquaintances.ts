import { type Handler, implement } from '@natter/bus';
import { listAcquaintances } from '@natter/contracts';
import type { Projections } from '../domain/projections.ts';

export function handleListAcquaintances({ projections }: { projections: Projections }): Handler {
  return implement(listAcquaintances, async ({ userId, limit, afterId }) => ({
    ids: await projections.listAcquaintances(userId, limit, afterId),
  }));
}
