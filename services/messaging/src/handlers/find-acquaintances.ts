import { type Handler, implement } from '@natter/bus';
import { findAcquaintances } from '@natter/contracts';
import type { Blocks } from '../domain/blocks.ts';
import type { Projections } from '../domain/projections.ts';
import { exceptApart } from './except-apart.ts';

export function handleFindAcquaintances({
  projections,
  blocks,
}: {
  projections: Projections;
  blocks: Blocks;
}): Handler {
  return implement(findAcquaintances, async (request) => {
    const { userId, among } = request;
    const ids = await projections.findAcquaintances(userId, among);
    return { ids: request.exceptApart ? await exceptApart(blocks, userId, ids) : ids };
  });
}
