import type { Archives } from '../audit/archives.ts';
import { judge } from '../audit/judge.ts';
import { foldedMessage, type MessageReading, readMessages } from '../audit/message-reading.ts';
import type { ConversationLog } from '../domain/conversation-log.ts';
import type { ArchivedEntry } from '../domain/log-archive.ts';
import type { Message } from '../domain/message.ts';
import { putRight } from './put-right.ts';
import { type Rebuilding, rebuildEach } from './rebuild-each.ts';

export interface MessageArchives extends Archives {
  redact: ConversationLog['redact'];
}

/** Puts what is kept beside each message where its log has brought it, and blanks what was deleted. */
export function rebuildMessages(archives: MessageArchives, rebuilding: Rebuilding): Promise<void> {
  const repair = (id: string) => repairConversation(archives, id);
  // A message is kept in its own entry: without a log there is none.
  const { log, projections: kept } = archives;
  return rebuildEach(log, { kept, repair, remove: async () => false }, rebuilding);
}

async function repairConversation(archives: MessageArchives, id: string): Promise<boolean> {
  let repaired = false;
  for await (const part of archives.log.entriesOf(id)) {
    const messages = await readMessages(archives.log, id, part);
    for (const { kept } of messages.filter(isFaulty)) {
      const own = part.find(({ entry }) => entry.id === kept.id) as ArchivedEntry;
      await putRight(() => lookAndRepair(archives, own));
      repaired = true;
    }
  }
  return repaired;
}

const isFaulty = (message: MessageReading): boolean =>
  message.textLeftAt.length > 0 || judge(message.kept, foldedMessage(message)).standing !== 'right';

async function lookAndRepair({ log, projections, redact }: MessageArchives, { entry }: ArchivedEntry) {
  const current = await projections.findCurrent(entry.id);
  const [message] = await readMessages(log, entry.conversationId, [{ entry, current, marked: false }]);
  const { kept, states, textLeftAt } = message as MessageReading;
  const judgement = judge(kept, foldedMessage(message as MessageReading));
  if (judgement.standing !== 'right')
    await projections.replaceCurrent(states.at(-1) as Message, current?.rev);
  if (textLeftAt.length > 0) await redact(kept.conversationId, kept.seq);
  return judgement;
}
