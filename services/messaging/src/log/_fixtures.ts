import type { ConversationLog } from '../domain/conversation-log.ts';
import type { Entry } from '../domain/entry.ts';
import { decideSendMessage } from '../domain/send-message.ts';
import { MemoryConversationLog } from '../storage/memory-conversation-log.ts';
import { MemoryProjections } from '../storage/memory-projections.ts';
import type { Command } from './command.ts';
import { ConversationWriter, type WriterOptions } from './conversation-writer.ts';

let ids = 0;

/** A direct message of alice to bob, unless told otherwise. */
export function send(
  over: Partial<Pick<Command, 'conversationId' | 'actorId' | 'deadline'>> & {
    key?: string;
    content?: string;
    replyTo?: number;
  } = {},
): Command {
  ids += 1;
  const { conversationId = 'c1', actorId = 'alice', content = 'hello', replyTo = null } = over;
  const message = {
    messageId: `m${ids}`,
    conversationId,
    actorId,
    content,
    replyTo,
    calledIds: [],
    founders: ['alice', 'bob'],
  };
  return {
    id: message.messageId,
    conversationId,
    actorId,
    key: over.key === undefined ? undefined : { clientMessageId: over.key, bodyHash: content },
    deadline: over.deadline ?? { expired: false },
    about: replyTo ?? undefined,
    founders: message.founders,
    decide: (state) => decideSendMessage(state, message),
  };
}

/** A log and its projections, which any number of writers share as processes share a database. */
export function memoryDatabase() {
  const log = new MemoryConversationLog();
  const projections = new MemoryProjections(log);
  return {
    log,
    projections,
    /** A writer that sees the log through `view`: a log that has faults. */
    writer: (
      view: Partial<ConversationLog> = {},
      relayed: Entry[] = [],
      isRefused: WriterOptions['isRefused'] = async () => false,
    ) =>
      new ConversationWriter({
        log: withFaults(log, view),
        projections,
        now: () => new Date(0),
        elapsed: () => 0,
        pause: async () => undefined,
        isRefused,
        relay: (entries) => relayed.push(...entries),
      }),
    revs: async (conversationId = 'c1') =>
      (await log.readAfter(conversationId, 0, 10_000)).map(({ rev }) => rev),
    seqs: async (conversationId = 'c1') =>
      (await projections.readMessages(conversationId, 1, 10_000)).map(({ seq }) => seq),
  };
}

/** A log as it is, but for some of its methods. */
export function withFaults(log: ConversationLog, faults: Partial<ConversationLog>): ConversationLog {
  return {
    append: (...args) => log.append(...args),
    readAfter: (...args) => log.readAfter(...args),
    readChanges: (...args) => log.readChanges(...args),
    redact: (...args) => log.redact(...args),
    findByKey: (...args) => log.findByKey(...args),
    readMarked: (...args) => log.readMarked(...args),
    countMarked: (...args) => log.countMarked(...args),
    unmark: (...args) => log.unmark(...args),
    ...faults,
  };
}

export const upTo = (length: number): number[] => Array.from({ length }, (_, index) => index + 1);
