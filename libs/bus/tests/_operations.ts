import { randomUUID } from 'node:crypto';
import {
  createUser,
  getUser,
  type Message,
  type RequestOf,
  sendMessage,
  type User,
  type UserProfile,
} from '@natter/contracts';

/** Real operations that give up soon: a read, a write that can't be repeated, and one that can with a key. */
export const quickRead = { ...getUser, timeoutMs: 150 };
export const quickWrite = { ...createUser, timeoutMs: 150 };
export const quickKeyedWrite = { ...sendMessage, timeoutMs: 150 };

/** Real operations that could wait for long: what ends soon all the same did not wait for its deadline. */
export const patientRead = { ...getUser, timeoutMs: 30_000 };
export const patientWrite = { ...createUser, timeoutMs: 30_000 };

/** Milliseconds, far from both ends: even on a machine whose processor is gone for seconds. */
export const longBeforePatienceEnds = 20_000;

export const alice: User = {
  id: randomUUID(),
  username: 'alice',
  displayName: 'Alice',
  created: '2026-01-01T00:00:00.000Z',
};

export const newUser = { username: 'alice', password: 'correct horse' };

export function profile(version: number): UserProfile {
  return { ...alice, deleted: false, receipts: 'shared', version };
}

export function message(clientMessageId?: string): RequestOf<typeof sendMessage> {
  return {
    callerId: alice.id,
    callerUsername: 'alice',
    conversation: { with: 'bob' },
    content: 'hello',
    clientMessageId,
  };
}

export const key = (): string => randomUUID();

export const sent: { message: Message; replayed: boolean } = {
  message: {
    id: randomUUID(),
    conversationId: randomUUID(),
    seq: 1,
    rev: 2,
    sender: 'alice',
    senderId: alice.id,
    content: 'hello',
    sent: '2026-01-01T00:00:00.000Z',
    edited: null,
    deleted: null,
    replyTo: null,
    mentions: [],
    reactions: [],
    clientMessageId: null,
  },
  replayed: false,
};
