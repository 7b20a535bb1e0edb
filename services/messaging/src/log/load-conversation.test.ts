import { expect, test } from '@jest/globals';
import { memoryDatabase, send, upTo } from './_fixtures.ts';
import { catchUp, loadConversation } from './load-conversation.ts';

const longer = 1_100;

/** A conversation of more entries than are read at once; the log has more than the projections. */
async function long() {
  const { log, projections, writer } = memoryDatabase();
  await writer().execute(send());
  const known = await projections.findConversation('c1');
  const writing = writer();
  await Promise.all(upTo(longer).map(() => writing.execute(send())));
  return { log, known };
}

test('a log is read to its head, however many reads that takes', async () => {
  const { log, known } = await long();
  const fromNothing = await catchUp(log, 'c1', undefined);
  expect(fromNothing.conversation).toMatchObject({ rev: longer + 2, seq: longer + 1 });
  const fromKnown = await catchUp(log, 'c1', known);
  expect(fromKnown.conversation).toEqual(fromNothing.conversation);
});

test('of what is read to get there, the wanted entries are found and no other', async () => {
  const { log, known } = await long();
  const [first, , third] = await log.readAfter('c1', 0, 3);
  const last = (await log.readAfter('c1', longer, 2)).at(-1);
  const wanted = new Set([first, third, last].map((entry) => `${entry?.id}`));
  const { found } = await catchUp(log, 'c1', known, wanted);
  expect([...found.values()]).toEqual([third, last]);
});

test('a conversation that nobody began is none', async () => {
  const { log, projections } = memoryDatabase();
  expect(await loadConversation(log, projections, 'c1')).toBeUndefined();
});

test('a conversation is loaded with what the log has beyond its projection', async () => {
  const { log, writer, projections } = memoryDatabase();
  await writer().execute(send());
  const elsewhere = memoryDatabase().projections;
  expect(await loadConversation(log, elsewhere, 'c1')).toEqual(await projections.findConversation('c1'));
});
