import { type Handler, implement } from '@natter/bus';
import { findAcquaintances } from '@natter/contracts';
import type { Blocks } from '../domain/blocks.ts';
import type { Projections } from '../domain/projections.ts';

export function handleFindAcquaintances({
  projections,
  blocks,
}: {
  projections: Projections;
  blocks: Blocks;
}): Handler {
  return implement(findAcquaintances, async ({ userId, among, exceptApart }) => {
    const ids = await projections.findAcquaintances(userId, among);
    if (!exceptApart) return { ids };
    const apart = new Set(await blocks.listApart(userId));
    return { ids: ids.filter((id) => !apart.has(id)) };
  });
}
