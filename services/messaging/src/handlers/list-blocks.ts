import { type Handler, implement } from '@natter/bus';
import { listBlocks, type User } from '@natter/contracts';
import type { Blocks } from '../domain/blocks.ts';
import { decodeCursor, encodeCursor } from '../domain/cursor.ts';
import type { Profile, UserDirectory } from '../domain/user-directory.ts';

export function handleListBlocks({
  blocks,
  directory,
}: {
  blocks: Blocks;
  directory: UserDirectory;
}): Handler {
  return implement(listBlocks, async ({ callerId, limit, cursor }) => {
    const [after] = cursor === undefined ? [] : decodeCursor('blocks', callerId, cursor);
    const found = await blocks.list(callerId, limit + 1, after);
    const ids = found.slice(0, limit);
    const last = found.length > limit ? ids.at(-1) : undefined;
    const profiles = await directory.profilesOf(ids);
    return {
      users: ids.flatMap((id) => profiles.get(id) ?? []).map(viewUser),
      next: last === undefined ? null : encodeCursor('blocks', callerId, [last]),
    };
  });
}

function viewUser({ id, username, displayName, created }: Profile): User {
  return { id, username, displayName, created: created.toISOString() };
}
