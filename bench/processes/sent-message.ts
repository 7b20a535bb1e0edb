import type { Message } from '@natter/contracts';

/** What a send is answered with. */
export const sentMessage: Message = {
  id: '01941f29-7c00-7000-8000-000000000002',
  conversationId: '01941f29-7c00-7000-8000-000000000003',
  seq: 1,
  rev: 2,
  sender: 'alice',
  senderId: '01941f29-7c00-7000-8000-000000000001',
  content: 'a message as long as people write when they have something to say',
  sent: '2026-01-01T00:00:00.000Z',
  edited: null,
  deleted: null,
  replyTo: null,
  mentions: [],
  reactions: [],
  clientMessageId: null,
};
