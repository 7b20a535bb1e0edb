import type { Installation } from '../_client.ts';
import { describeAccountDeletion } from './account-deletion.ts';
import { describeBadInput } from './bad-input.ts';
import { describeBlocks } from './blocks.ts';
import { describeDirectConversations } from './direct-conversations.ts';
import { describeGroups } from './groups.ts';
import { peopleOf } from './people.ts';
import { describeReading } from './reading.ts';
import { describeSearch } from './search.ts';
import { describeWhatPasses } from './what-passes.ts';

/** Every test has people of its own, so all run on one installation, whose registration is open. */
export function describeConversations(installation: () => Installation): void {
  const register = peopleOf(installation);
  describeDirectConversations(register);
  describeGroups(register);
  describeReading(register);
  describeSearch(register);
  describeBlocks(register);
  describeAccountDeletion(register);
  describeBadInput(register);
  describeWhatPasses(register, installation);
}
