import { setTimeout } from 'node:timers/promises';
import { type Handler, implement } from '@natter/bus';
import { blockUser, NatterError } from '@natter/contracts';
import type { Blocks } from '../domain/blocks.ts';
import type { UserDirectory } from '../domain/user-directory.ts';
import { welcomeMs } from '../users/contacts.ts';

/** Milliseconds from a block to its answer: by then no replica takes the two for welcome to each other any more. */
const blockHoldsAfterMs = welcomeMs + 50;

export function handleBlockUser({
  blocks,
  directory,
}: {
  blocks: Blocks;
  directory: UserDirectory;
}): Handler {
  return implement(blockUser, async ({ callerId, username }) => {
    const userId = await directory.idOf(callerId, username);
    if (userId === callerId) {
      throw new NatterError('validation_failed', {
        faults: [{ pointer: 'username', message: 'Must be somebody else' }],
      });
    }
    await blocks.block(callerId, userId);
    await setTimeout(blockHoldsAfterMs);
    return {};
  });
}
