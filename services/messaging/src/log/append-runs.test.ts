import { describe, expect, it } from '@jest/globals';
import type { Entry } from '../domain/entry.ts';
import { MemoryConversationLog } from '../storage/memory-conversation-log.ts';
import { withFaults } from './_fixtures.ts';
import { appendRuns } from './append-runs.ts';

const entry = (conversationId: string, rev: number): Entry => ({
  id: `${conversationId}-${rev}-${Math.random()}`,
  conversationId,
  rev,
  seq: rev,
  actorId: 'alice',
  at: new Date(0),
  type: 'message.sent',
  data: { messageId: 'm', content: 'hello', replyTo: null, mentions: [] },
});

describe('appendRuns', () => {
  it('appends every run whole where nothing is in the way', async () => {
    const log = new MemoryConversationLog();
    expect(await appendRuns(log, [[entry('a', 1), entry('a', 2)], [entry('b', 1)]])).toEqual([
      { inserted: 2 },
      { inserted: 1 },
    ]);
  });

  it('stops a run where a rev is taken, with none of it above, and appends the runs behind it', async () => {
    const log = new MemoryConversationLog();
    await log.append([entry('b', 2)]);
    const runs = [
      [entry('a', 1)],
      [entry('b', 1), entry('b', 2), entry('b', 3)],
      [entry('c', 1), entry('c', 2)],
    ];
    expect(await appendRuns(log, runs)).toEqual([{ inserted: 1 }, { inserted: 1 }, { inserted: 2 }]);
    expect((await log.readAfter('b', 0, 10)).map(({ rev }) => rev)).toEqual([1, 2]);
  });

  it('keeps what it knows of the runs before an insert that failed', async () => {
    const log = new MemoryConversationLog();
    await log.append([entry('b', 1)]);
    const error = new Error('away');
    const failing = withFaults(log, {
      append: (entries) => (entries[0]?.conversationId === 'c' ? Promise.reject(error) : log.append(entries)),
    });
    const runs = [[entry('a', 1)], [entry('b', 1)], [entry('c', 1)], [entry('d', 1)]];
    expect(await appendRuns(failing, runs)).toEqual([{ inserted: 1 }, { inserted: 0 }, { error }, { error }]);
  });
});
