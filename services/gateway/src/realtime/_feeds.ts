import { Deadline } from '@natter/bus';
import type { Entry, Position } from '@natter/contracts';
import { createLogger, createMetrics } from '@natter/platform';
import type { EndReason, LiveEntry, Stream, StreamClient } from './live-events.ts';
import { LiveFeeds } from './live-feeds.ts';
import type { RealtimeReads } from './realtime-reads.ts';
import { createStreamMetrics } from './stream-metrics.ts';

const logger = createLogger({ name: 'test', level: 'silent' });

/** Feeds that hear what a test has them hear. */
export function createFeeds(reads: RealtimeReads, { maxStreams = 100, random = () => 0.5 } = {}) {
  const clock = { ms: 0, now: () => clock.ms };
  const heard = new Set<string>();
  const ended = new Set<string>();
  const state = { connected: true, known: true };
  const hearing = {
    addConversation: (id: string) => void heard.add(id),
    removeConversation: (id: string) => void heard.delete(id),
    addUser: (id: string) => void heard.add(id),
    removeUser: (id: string) => void heard.delete(id),
    settled: async () => undefined,
    get connected() {
      return state.connected;
    },
  };
  const endedSessions = {
    get known() {
      return state.known;
    },
    refuse: async (id: string) => {
      if (ended.has(id)) throw new Error('ended');
    },
  };
  const feeds = new LiveFeeds({
    reads,
    hearing,
    cursors: {
      ready: async () => undefined,
      seal: (userId, position) => JSON.stringify({ userId, position }),
    },
    endedSessions,
    maxStreams,
    metrics: createStreamMetrics(createMetrics({ name: 'test', version: '0' })),
    logger,
    clock,
    random,
  });
  return { feeds, clock, heard, ended, state };
}

function positionIn(cursor: string): Position {
  return JSON.parse(cursor).position;
}

/** A client that remembers what it was given. */
export class RecordingClient implements StreamClient {
  readonly entries: Entry[] = [];
  readonly told: string[] = [];
  cursor: string | undefined;
  ended: EndReason | undefined;
  resets = 0;
  readonly #drained: () => Promise<void>;

  constructor(drained: () => Promise<void> = async () => undefined) {
    this.#drained = drained;
  }

  get revs(): number[] {
    return this.entries.map(({ rev }) => rev);
  }

  entry({ entry }: LiveEntry, cursor: () => string): void {
    if (this.ended) throw new Error('an entry after the end');
    this.entries.push(entry);
    this.cursor = cursor();
  }

  ephemeral({ json }: { json: string }): void {
    this.told.push(json);
  }

  reset(cursor: string): void {
    this.resets += 1;
    this.cursor = cursor;
  }

  drained(): Promise<void> {
    return this.#drained();
  }

  end(reason: EndReason): void {
    if (this.ended) throw new Error('a second end');
    this.ended = reason;
  }
}

export function openFor(
  feeds: LiveFeeds,
  userId: string,
  client: StreamClient,
  {
    cursor,
    sessionId,
    withinMs = 60_000,
  }: { cursor?: string | undefined; sessionId?: string; withinMs?: number } = {},
): Promise<Stream> {
  return feeds.open({
    caller: { id: userId, username: userId, ...(sessionId !== undefined && { sessionId }) },
    position: cursor === undefined ? undefined : positionIn(cursor),
    client,
    transport: 'events',
    context: { requestId: 'r', deadline: Deadline.in(withinMs), address: undefined },
  });
}
