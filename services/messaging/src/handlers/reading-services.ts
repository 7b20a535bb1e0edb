import type { ConversationLog } from '../domain/conversation-log.ts';
import type { Projections } from '../domain/projections.ts';
import type { UserDirectory } from '../domain/user-directory.ts';

/** What it takes to show conversations. */
export interface ReadingServices {
  log: ConversationLog;
  projections: Projections;
  directory: UserDirectory;
  /** The epoch of the logs. */
  epoch: () => string;
}
