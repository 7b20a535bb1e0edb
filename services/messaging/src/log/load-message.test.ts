import { expect, test } from '@jest/globals';
import type { Entry } from '../domain/entry.ts';
import { edit, react } from './_commands.ts';
import { memoryDatabase, send } from './_fixtures.ts';
import { loadMessage } from './load-message.ts';

/** A message whose last change only the log has. */
async function behind() {
  const { log, projections, writer } = memoryDatabase();
  for (const command of [send(), react(1, '👍'), send()]) await writer().execute(command);
  const change: Entry = {
    id: 'e',
    conversationId: 'c1',
    rev: 5,
    seq: 2,
    actorId: 'alice',
    at: new Date(1),
    type: 'message.edited',
    data: { seq: 1, content: 'hello!', mentions: [] },
  };
  await log.append([change]);
  return { log, projections, writer };
}

test('a message is loaded with what the log has beyond its projection', async () => {
  const { log, projections } = await behind();
  expect(await projections.findMessage('c1', 1)).toMatchObject({ rev: 3, content: 'hello' });
  expect(await loadMessage(log, projections, 'c1', 1)).toMatchObject({
    rev: 5,
    content: 'hello!',
    reactions: [{ emoji: '👍', userIds: ['alice'] }],
  });
});

test('the changes of one message are no matter of another', async () => {
  const { log, projections } = await behind();
  expect(await loadMessage(log, projections, 'c1', 2)).toMatchObject({ rev: 4, content: 'hello' });
});

test('a change that is projected already is not applied twice', async () => {
  const { log, projections, writer } = await behind();
  await writer().execute(edit(1, 'hello again'));
  expect(await loadMessage(log, projections, 'c1', 1)).toMatchObject({
    rev: 6,
    reactions: [{ userIds: ['alice'] }],
  });
});

test('there is nothing to load where no message is', async () => {
  const { log, projections } = await behind();
  expect(await loadMessage(log, projections, 'c1', 3)).toBeUndefined();
  expect(await loadMessage(log, projections, 'c2', 1)).toBeUndefined();
});
