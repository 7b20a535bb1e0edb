import { defineEvent } from '../event.ts';
import { recordedEntrySchema } from './entry.ts';

/** An entry of a conversation's log. `(conversationId, rev)` identifies it; delivery is at least once. */
export const entryAppended = defineEvent({
  service: 'messaging',
  noun: 'entry',
  verb: 'appended',
  schema: recordedEntrySchema,
});
