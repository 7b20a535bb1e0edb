import type { Entry } from '@natter/contracts';

/** An entry as large as most are. */
export function liveEntry(rev: number): Entry {
  return {
    conversationId: '01941f29-7c00-7000-8000-0000000000c1',
    rev,
    seq: rev,
    type: 'message.sent',
    actor: 'alice',
    actorId: '01941f29-7c00-7000-8000-000000000001',
    at: '2026-01-01T12:00:00.000Z',
    data: {
      messageId: '01941f29-7c00-7000-8000-0000000000a1',
      content: 'a message as long as people write when they have something to say',
      replyTo: null,
      mentions: [],
    },
  };
}
