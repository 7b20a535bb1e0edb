import { isDeepStrictEqual } from 'node:util';
import type { FoldedConversation, FoldedMessage, Inbox, Message, NatterClient } from '@natter/client';

const pageLimit = 200;

const repeat = { repeat: true } as const;

/** A conversation as the REST API shows it to one user, with all of its messages. */
export interface Shown {
  readonly conversation: FoldedConversation;
  readonly messages: readonly FoldedMessage[];
}

/** Reads everything that a user may see, page by page. */
export async function readAll(client: NatterClient): Promise<Shown[]> {
  const all: Shown[] = [];
  for (let cursor: string | undefined, more = true; more; ) {
    const { data, page } = await client.conversations.list({ cursor, limit: pageLimit }, repeat);
    for (const { id, lastMessage, ...rest } of data) {
      const conversation = { ...rest, id: String(id), lastMessage: lastMessage && withoutKey(lastMessage) };
      all.push({ conversation, messages: await readMessages(client, String(id)) });
    }
    cursor = page.next ?? undefined;
    more = cursor !== undefined;
  }
  return all;
}

/** @returns in what an inbox differs from what the REST API shows. */
export async function faultsOfInbox(inbox: Inbox, shown: readonly Shown[]): Promise<string[]> {
  const faults: string[] = [];
  const kept = new Map(inbox.conversations.map((one) => [one.id, one]));
  for (const { conversation, messages } of shown) {
    const { id } = conversation;
    if (!isDeepStrictEqual(kept.get(id), conversation))
      faults.push(`${id} is ${JSON.stringify(kept.get(id))} instead of ${JSON.stringify(conversation)}`);
    kept.delete(id);
    for (let more = true; more; ) more = await inbox.readBefore(id, pageLimit);
    faults.push(...faultsOfMessages(inbox.messagesOf(id), messages));
  }
  return [...faults, ...[...kept.keys()].map((id) => `${id} is there, and should not be`)];
}

function faultsOfMessages(kept: readonly FoldedMessage[], shown: readonly FoldedMessage[]): string[] {
  const faults = shown.flatMap((message, index) =>
    isDeepStrictEqual(kept[index], message)
      ? []
      : [`A message is ${JSON.stringify(kept[index])} instead of ${JSON.stringify(message)}`],
  );
  return kept.length > shown.length ? [...faults, 'There are messages that should not be'] : faults;
}

async function readMessages(client: NatterClient, id: string): Promise<FoldedMessage[]> {
  const all: FoldedMessage[] = [];
  for (let more = true; more; ) {
    const query = { after: all.length, limit: pageLimit };
    const { data, page } = await client.messages.list(id, query, repeat);
    all.push(...data.map(withoutKey));
    more = page.hasAfter;
  }
  return all;
}

function withoutKey({ clientMessageId: _, ...message }: Message): FoldedMessage {
  return message;
}
