import { isMember } from '../domain/conversation.ts';
import { overviewOf } from '../domain/conversation-overview.ts';
import { type Message, sentMessage } from '../domain/message.ts';
import type { ProjectionChange, Projections } from '../domain/projections.ts';
import { readMarkersIn } from '../domain/read-markers.ts';
import { removalsIn } from '../domain/removals.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';
import { keepConversation, keepMarker, keepMessage, keepRemoval, markerId, type Write } from './writes.ts';

/** The projections in the simulated database, with the requests that those in MongoDB make. */
export function simulatedProjections(database: Database): Projections {
  const readMessages = (conversationId: string, from: number, to: number) =>
    database.read(`read messages ${from} to ${to}`, (tables) =>
      messagesOf(tables, conversationId).filter(({ seq }) => seq >= from && seq <= to),
    );
  const findReadMarkers: Projections['findReadMarkers'] = (keys) =>
    database.read('read markers', ({ markers }) =>
      keys.flatMap((key) => {
        const readSeq = markers.get(markerId(key));
        return readSeq === undefined ? [] : { ...key, readSeq };
      }),
    );
  return {
    findConversation: (id) =>
      database.read('read the conversation', ({ conversations }) => conversations.get(id)),
    findOverview: (id, memberId) =>
      database.read(`read the overview of ${memberId}`, ({ conversations }) => {
        const conversation = conversations.get(id);
        return conversation && isMember(conversation, memberId) ? overviewOf(conversation) : undefined;
      }),
    listOverviews: (memberId, limit) =>
      database.read(`list conversations of ${memberId}`, ({ conversations }) =>
        [...conversations.values()]
          .filter((conversation) => isMember(conversation, memberId))
          .slice(0, limit)
          .map(overviewOf),
      ),
    findMessages: (ids) =>
      database.read('find messages', (tables) =>
        [...tables.conversations.keys()]
          .flatMap((conversationId) => messagesOf(tables, conversationId))
          .filter(({ id }) => ids.includes(id)),
      ),
    findMessage: async (conversationId, seq) => (await readMessages(conversationId, seq, seq))[0],
    readMessages,
    findReadMarkers,
    markRead: async (marker) => {
      await database.write(`mark read ${marker.readSeq}`, [keepMarker(marker)]);
      const [moved] = await findReadMarkers([marker]);
      return moved?.readSeq ?? marker.readSeq;
    },
    findAcquaintances: (memberId, among) =>
      database.read(`find acquaintances of ${memberId}`, (tables) =>
        acquaintancesOf(tables, memberId).filter((id) => among.includes(id)),
      ),
    listAcquaintances: (memberId, limit, afterId = '') =>
      database.read(`list acquaintances of ${memberId}`, (tables) =>
        acquaintancesOf(tables, memberId)
          .filter((id) => id > afterId)
          .slice(0, limit),
      ),
    apply: async (changes) => {
      const messages = changes.flatMap((change) => change.messages);
      await Promise.all([
        database.write(
          `keep conversations ${changes.map(({ conversation }) => `at ${conversation.rev}`).join(', ')}`,
          changes.map(keepConversation),
        ),
        database.write('keep markers', changes.flatMap(markersOf).map(keepMarker)),
        database.write('keep removals', changes.flatMap(removalsOf)),
        database.write(
          `keep messages ${messages.map(({ seq, rev }) => `${seq} at ${rev}`).join(', ')}`,
          messages.map(keepMessage),
        ),
      ]);
    },
  };
}

/** Each message is read with its state beside its entry, as one document. */
export function messagesOf({ entries, messages }: Tables, conversationId: string): Message[] {
  return entries
    .filter((entry) => entry.type === 'message.sent')
    .filter((entry) => entry.conversationId === conversationId)
    .map((entry) => messages.get(entry.id) ?? sentMessage(entry))
    .toSorted((one, other) => one.seq - other.seq);
}

function acquaintancesOf({ conversations }: Tables, memberId: string): string[] {
  const shared = [...conversations.values()].filter((conversation) => isMember(conversation, memberId));
  const ids = shared.flatMap(({ members }) => members.map(({ id }) => id));
  return [...new Set(ids)].filter((id) => id !== memberId).toSorted();
}

function markersOf({ conversation, entries }: ProjectionChange) {
  return [...readMarkersIn(entries)].map(([userId, readSeq]) => ({
    conversationId: conversation.id,
    userId,
    readSeq,
  }));
}

function removalsOf({ conversation, entries }: ProjectionChange): Write[] {
  return [...removalsIn(entries)].map(([userId, rev]) =>
    keepRemoval({ conversationId: conversation.id, userId }, rev),
  );
}
