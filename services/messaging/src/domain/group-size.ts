import { NatterError } from '@natter/contracts';

/** @throws {NatterError} `validation_failed` when a group of that size would be too large. */
export function checkRoom(size: number, maxMembers: number, pointer: string): void {
  if (size <= maxMembers) return;
  throw new NatterError('validation_failed', {
    faults: [{ pointer, message: `A group has at most ${maxMembers} members` }],
  });
}
