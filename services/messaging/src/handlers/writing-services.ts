import type { Blocks } from '../domain/blocks.ts';
import type { Projections } from '../domain/projections.ts';
import type { UserDirectory } from '../domain/user-directory.ts';
import type { ConversationWriter } from '../log/conversation-writer.ts';

/** What it takes to change conversations. */
export interface WritingServices {
  writer: ConversationWriter;
  projections: Projections;
  directory: UserDirectory;
  blocks: Blocks;
  /** The epoch of the logs. */
  epoch: () => string;
  /** The most members that a group may have. */
  maxMembers: number;
}
