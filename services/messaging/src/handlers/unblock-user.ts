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
    await blocks.unblock(callerId, await directory.idOf(username));
    return {};
  });
}
