import { type Handler, implement } from '@natter/bus';
import { listAcquaintances } from '@natter/contracts';
import type { Blocks } from '../domain/blocks.ts';
import type { Projections } from '../domain/projections.ts';
import { exceptApart } from './except-apart.ts';

export function handleListAcquaintances({
  projections,
  blocks,
}: {
  projections: Projections;
  blocks: Blocks;
}): Handler {
  return implement(listAcquaintances, async (request) => {
    const { userId, limit, afterId } = request;
    const ids = await projections.listAcquaintances(userId, limit, afterId);
    return { ids: request.exceptApart ? await exceptApart(blocks, userId, ids) : ids };
  });
}
