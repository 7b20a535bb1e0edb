import { expect, test } from '@jest/globals';
import type { Profile, Profiles } from '../domain/user-directory.ts';
import type { Command } from '../log/command.ts';
import type { ConversationWriter } from '../log/conversation-writer.ts';
import type { AppendedEntry } from './follow-entries.ts';
import { seeOffDeleted } from './see-off-deleted.ts';

const head = { conversationId: 'c1', rev: 1, seq: 0, actorId: 'alice', at: '2026-01-01T00:00:00.000Z' };
const members = [
  { id: 'alice', role: 'owner' as const },
  { id: 'gone', role: 'member' as const },
];
const created = (kind: 'group' | 'direct'): AppendedEntry => ({
  ...head,
  type: 'conversation.created',
  data: { kind, title: null, members },
});
const added = (userId: string): AppendedEntry => ({
  ...head,
  type: 'member.added',
  data: { userId, role: 'member' },
});

async function seenOffAfter(entry: AppendedEntry): Promise<string[]> {
  const seenOff: string[] = [];
  const profiles = {
    findByIds: async (ids: readonly string[]) => ids.map((id) => ({ id, deleted: id === 'gone' }) as Profile),
  } as Profiles;
  const writer = {
    execute: async ({ conversationId, actorId }: Command) => {
      seenOff.push(`${actorId} of ${conversationId}`);
      return { replayed: false };
    },
  } as unknown as ConversationWriter;
  await seeOffDeleted({ profiles, writer })(entry);
  return seenOff;
}

test.each([
  ['a group that they found themselves in', created('group'), ['gone of c1']],
  ['a group that they were added to', added('gone'), ['gone of c1']],
  ['no direct conversation', created('direct'), []],
  ['no group that somebody else was added to', added('alice'), []],
])('whoever is deleted leaves %s', async (_, entry, left) => {
  expect(await seenOffAfter(entry)).toEqual(left);
});
