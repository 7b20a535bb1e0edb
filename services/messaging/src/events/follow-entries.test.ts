import { expect, test } from '@jest/globals';
import type { Bus, ConsumeOptions, DeadLetter } from '@natter/bus';
import type { entryAppended } from '@natter/contracts';
import { MemoryConversationLog } from '../storage/memory-conversation-log.ts';
import { followEntries } from './follow-entries.ts';

const consume = async () => ({ behind: async () => 2, stop: async () => undefined });

test('the search is behind by what waits to be published and by what waits to be handled', async () => {
  const log = new MemoryConversationLog();
  const at = new Date();
  const data = { kind: 'group' as const, title: 'one', members: [] };
  const created = { conversationId: 'one', rev: 1, seq: 0, actorId: 'alice', at, data };
  await log.append([{ ...created, id: 'one', type: 'conversation.created' }]);
  const following = await followEntries({ consume } as unknown as Bus, {
    log,
    handlers: [],
    deadLetter: async () => undefined,
  });
  expect(await following.behind()).toBe(3);
});

test('what can’t be handled is kept without its texts', async () => {
  const payload = '{"type":"message.sent","data":{"content":"a \\"secret\\"","replyTo":null}}';
  const kept: string[] = [];
  const failing = {
    consume: async (_: unknown, { deadLetter }: Pick<ConsumeOptions<typeof entryAppended>, 'deadLetter'>) => {
      await deadLetter({ payload } as DeadLetter);
      return consume();
    },
  } as unknown as Bus;
  await followEntries(failing, {
    log: new MemoryConversationLog(),
    handlers: [],
    deadLetter: async (letter) => void kept.push(letter.payload),
  });
  expect(kept).toEqual(['{"type":"message.sent","data":{"content":"","replyTo":null}}']);
});
