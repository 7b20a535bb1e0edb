import type { ConversationLog } from './domain/conversation-log.ts';
import type { MessagingMetrics } from './messaging-metrics.ts';

/** A log as it is, which measures what is appended to it and how old what stays marked is. */
export function measuredLog(
  log: ConversationLog,
  metrics: Pick<MessagingMetrics, 'appending' | 'setOldestMarked'>,
): ConversationLog {
  return {
    append: async (entries) => {
      const ended = metrics.appending(entries.length);
      let inserted: number | undefined;
      try {
        inserted = await log.append(entries);
        return inserted;
      } finally {
        ended(inserted);
      }
    },
    readMarked: async (limit) => {
      const marked = await log.readMarked(limit);
      const times = marked.map(({ at }) => at.getTime());
      metrics.setOldestMarked(times.length > 0 ? new Date(Math.min(...times)) : undefined);
      return marked;
    },
    readAfter: (...range) => log.readAfter(...range),
    readChanges: (...range) => log.readChanges(...range),
    findByKey: (...key) => log.findByKey(...key),
    countMarked: (limit) => log.countMarked(limit),
    unmark: (entries) => log.unmark(entries),
    redact: (...message) => log.redact(...message),
  };
}
