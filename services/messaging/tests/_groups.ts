import { createConversation, type Entry, readLog } from '@natter/contracts';
import type { Stack } from './_stack.ts';

/** A new group. @returns how to name it. */
export async function makeGroup(stack: Stack, owner: string, ...members: string[]): Promise<{ id: string }> {
  const request = { title: `the group of ${owner}`, members };
  const { conversation } = await stack.as(owner).call(createConversation, request);
  return { id: conversation.id as string };
}

type Conversation = { id: string } | { with: string };

/** A conversation's log from its beginning to its end. */
export async function readWholeLog(
  stack: Stack,
  reader: string,
  conversation: Conversation,
  limit = 200,
): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (;;) {
    const after = entries.at(-1)?.rev ?? 0;
    const { data, page } = await stack.as(reader).call(readLog, { conversation, after, limit });
    entries.push(...data);
    if (!page.hasAfter) return entries;
  }
}
