import type { Entry, listHeads, Position, ResponseOf, sync } from '@natter/contracts';
import type { LogPart } from './conversation-feed.ts';

type Heads = ResponseOf<typeof listHeads> & { readonly hasMore: boolean };

type SyncPage = ResponseOf<typeof sync>;

/**
 * What live events read of messaging. Each is tried again for some seconds where messaging is away.
 *
 * @throws {NatterError} what was answered; `service_unavailable` where nothing was in all that time.
 */
export interface RealtimeReads {
  heads(callerId: string, afterId?: string): Promise<Heads>;
  sync(callerId: string, position: Position): Promise<SyncPage>;
  readLog(callerId: string, conversationId: string, after: number): Promise<LogOfCaller>;
  readEntries(conversationId: string, after: number): Promise<LogPart>;
}

interface LogOfCaller {
  readonly entries: readonly Entry[];
  readonly hasMore: boolean;
}
