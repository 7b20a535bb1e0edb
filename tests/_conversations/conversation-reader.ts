import { expect } from '@jest/globals';
import type { Conversation, Entry, Message } from '@natter/contracts';
import type { Client } from '../_client.ts';
import { type FoldedConversation, foldLog } from './fold-log.ts';
import type { Person } from './people.ts';

/** Small, so that there are pages to turn. */
const pageLimit = 4;

/** The whole log, page by page. Its revs have to be 1, 2, 3, … */
export async function readLog(api: Client, route: string): Promise<Entry[]> {
  const log = await readAll<Entry>((after) => api.get(`${route}/log?after=${after}&limit=${pageLimit}`));
  expect(log.map(({ rev }) => rev)).toEqual(log.map((_, index) => index + 1));
  return log;
}

/** A page begins after as many as were read, since revs and seqs have no holes. */
async function readAll<T>(read: (after: number) => Promise<{ body: unknown }>): Promise<T[]> {
  const all: T[] = [];
  for (let more = true; more; ) {
    const { data, page } = (await read(all.length)).body as { data: T[]; page: { hasAfter: boolean } };
    all.push(...data);
    more = page.hasAfter;
  }
  return all;
}

/** What the other endpoints show of a conversation, as a fold of its log would have it. */
async function readShown(api: Client, route: string): Promise<FoldedConversation> {
  const messages = await readAll<Message>((after) =>
    api.get(`${route}/messages?after=${after}&limit=${pageLimit}`),
  );
  const { kind, title, members, rev, seq, updated } = (await api.get(route)).body as Conversation;
  return {
    kind,
    title,
    members: members.map(({ id, role }) => ({ id, role })),
    rev,
    seq,
    updated: updated ?? '',
    messages: messages.map(({ clientMessageId: _, ...message }) => message),
  };
}

/** Whoever has the log has everything. */
export async function expectLogToTellAll({ api, id }: Person, route: string): Promise<void> {
  expect(foldLog(await readLog(api, route), id)).toEqual(await readShown(api, route));
}
