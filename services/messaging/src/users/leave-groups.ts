import { Deadline } from '@natter/bus';
import { uuidv7 } from 'uuidv7';
import type { ConversationOverview } from '../domain/conversation-overview.ts';
import type { Projections } from '../domain/projections.ts';
import { decideRemoveDeletedUser } from '../domain/remove-deleted-user.ts';
import type { ConversationWriter } from '../log/conversation-writer.ts';

const atOnce = 100;

/** For one group, in milliseconds: what is not done by then is tried again with the event that asked for it. */
const withinMs = 4_000;

/**
 * Takes somebody whose account is deleted out of all their groups. Direct conversations stay, for the other side.
 * The list moves while it is walked: only a walk that finds no group is the last.
 */
export async function leaveGroups(
  { projections, writer }: { projections: Projections; writer: ConversationWriter },
  userId: string,
): Promise<void> {
  let groups: string[];
  do {
    groups = await findGroups(projections, userId);
    for (const id of groups) await leaveGroup(writer, id, userId);
  } while (groups.length > 0);
}

async function findGroups(projections: Projections, userId: string): Promise<string[]> {
  const groups: string[] = [];
  let page: ConversationOverview[];
  let last: ConversationOverview | undefined;
  do {
    page = await projections.listOverviews(userId, atOnce, last);
    groups.push(...page.filter(({ kind }) => kind === 'group').map(({ id }) => id));
    last = page.at(-1);
  } while (page.length === atOnce);
  return groups;
}

/** Takes somebody whose account is deleted out of one conversation, if it is a group that they are in. */
export async function leaveGroup(
  writer: ConversationWriter,
  conversationId: string,
  userId: string,
): Promise<void> {
  const command = { id: uuidv7(), successionId: uuidv7(), userId };
  await writer.execute({
    id: command.id,
    conversationId,
    actorId: userId,
    deadline: Deadline.in(withinMs),
    decide: (state) => decideRemoveDeletedUser(state, command),
  });
}
