import type { Blocks } from '../domain/blocks.ts';

/** Those of the users whom no block, on either side, keeps apart from a user. */
export async function exceptApart(
  blocks: Pick<Blocks, 'listApart'>,
  userId: string,
  ids: readonly string[],
): Promise<string[]> {
  const apart = new Set(await blocks.listApart(userId));
  return ids.filter((id) => !apart.has(id));
}
