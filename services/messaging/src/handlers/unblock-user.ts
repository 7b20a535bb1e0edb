import { type Handler, implement } from '@natter/bus';
import { unblockUser } from '@natter/contracts';
import type { Blocks } from '../domain/blocks.ts';
import type { UserDirectory } from '../domain/user-directory.ts';

export function handleUnblockUser({
  blocks,
  directory,
}: {
  blocks: Blocks;
  directory: UserDirectory;
}): Handler {
  return implement(unblockUser, async ({ callerId, username }) => {
    const [heardOf] = await directory.knownIdsOf([username]);
    // Whom one has blocked is on one's own list, whether or not one could find them otherwise.
    const isBlocked = heardOf !== undefined && (await blocks.isBlockedByAny(heardOf, [callerId]));
    const userId = isBlocked ? heardOf : await directory.idOf(callerId, username);
    await blocks.unblock(callerId, userId);
    return {};
  });
}
