import { type Handler, implement } from '@natter/bus';
import { findAcquaintances } from '@natter/contracts';
import type { Projections } from '../domain/projections.ts';

export function handleFindAcquaintances({ projections }: { projections: Projections }): Handler {
  return implement(findAcquaintances, async ({ userId, among }) => ({
    ids: await projections.findAcquaintances(userId, among),
  }));
}
