import type { LivePosition } from '@natter/contracts';
import type { Changes } from '../domain/changes.ts';
import type { ConversationLog } from '../domain/conversation-log.ts';
import type { Entry } from '../domain/entry.ts';
import type { Projections } from '../domain/projections.ts';
import type { Command } from '../log/command.ts';
import type { Database } from './database.ts';
import type { Rules } from './rules.ts';

type Publish = (entry: Entry) => Promise<void>;

/** What a log that is not as it should be is made of. */
export interface LogParts {
  log: ConversationLog;
  publish: Publish;
  database: Database;
}

/** Where the product's code is put together otherwise than it should be: how a bug is planted. */
export interface Variation {
  rules?: Partial<Rules>;
  log?: (parts: LogParts) => Partial<ConversationLog>;
  projections?: (projections: Projections) => Partial<Projections>;
  publish?: (parts: LogParts) => Publish;
  /** What the sweeper does with what was left behind. */
  restore?: () => Promise<void>;
  /** What lists what changed. */
  changes?: (changes: Changes) => Partial<Changes>;
  /** How far a client counts itself to have got. */
  position?: (position: LivePosition) => LivePosition;
  /** What the time that an update takes is measured by. */
  elapsed?: () => number;
  command?: (command: Command) => Command;
}
