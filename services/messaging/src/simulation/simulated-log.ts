import { NatterError } from '@natter/contracts';
import type { ConversationLog } from '../domain/conversation-log.ts';
import { type Entry, isMessageChange } from '../domain/entry.ts';
import type { Database } from './database.ts';
import { LineError } from './line.ts';
import { blank, insert, unmark } from './writes.ts';

/** The log in the simulated database, with the requests that the one in MongoDB makes. */
export function simulatedLog(database: Database): ConversationLog {
  return {
    append: (entries) =>
      database
        .write(`append ${entries.map(({ rev, type }) => `${rev} ${type}`).join(', ')}`, entries.map(insert))
        .catch((error: unknown) => Promise.reject(translate(error))),
    readAfter: (conversationId, afterRev, limit) =>
      database.read(`read on from ${afterRev}`, (tables) =>
        tables.entriesOf(conversationId).filter(({ rev }) => rev > afterRev && rev <= afterRev + limit),
      ),
    readChanges: (conversationId, seq, afterRev) =>
      database.read(`read changes of message ${seq}`, (tables) =>
        tables
          .entriesOf(conversationId)
          .filter(isMessageChange)
          .filter((entry) => entry.data.seq === seq && entry.rev > afterRev),
      ),
    findByKey: (conversationId, actorId, clientMessageId) =>
      database.read(`find key ${clientMessageId}`, (tables) =>
        tables
          .entriesOf(conversationId)
          .find((entry) => entry.actorId === actorId && entry.key?.clientMessageId === clientMessageId),
      ),
    readMarked: (limit) =>
      database.read('read marked', ({ entries, marked }) =>
        entries.filter(({ id }) => marked.has(id)).slice(0, limit),
      ),
    countMarked: (limit) => database.read('count marked', ({ marked }) => Math.min(marked.size, limit)),
    unmark: async (entries) => {
      if (entries.length === 0) return;
      await database.write(`unmark ${entries.length}`, [unmark(entries.map(({ id }) => id))]);
    },
    redact: async (conversationId, seq) => {
      const isOf = (entry: Entry) => entry.conversationId === conversationId;
      await Promise.all([
        database.write(`blank message ${seq}`, [
          blank((entry) => isOf(entry) && entry.type === 'message.sent' && entry.seq === seq),
        ]),
        database.write(`blank edits of message ${seq}`, [
          blank((entry) => isOf(entry) && entry.type === 'message.edited' && entry.data.seq === seq),
        ]),
      ]);
    },
  };
}

function translate(error: unknown): unknown {
  if (!(error instanceof LineError)) return error;
  return new NatterError(error.mayHaveRun ? 'outcome_unknown' : 'service_unavailable', { cause: error });
}
