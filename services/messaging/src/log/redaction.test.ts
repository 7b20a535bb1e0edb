import { describe, expect, it } from '@jest/globals';
import { edit, remove } from './_commands.ts';
import { memoryDatabase, send } from './_fixtures.ts';

/** A database with a message of alice that was edited twice, and one beside it. */
async function edited() {
  const database = memoryDatabase();
  const writer = database.writer();
  const commands = [
    send({ content: 'secret' }),
    send({ content: 'kept' }),
    edit(1, 'secrets'),
    edit(1, 'none'),
  ];
  for (const command of commands) await writer.execute(command);
  const texts = async () =>
    (await database.log.readAfter('c1', 0, 10)).flatMap(({ data }) =>
      'content' in data ? data.content : [],
    );
  return { ...database, texts };
}

describe('a deletion', () => {
  it('leaves the text nowhere in the log once it is answered', async () => {
    const { writer, texts } = await edited();
    expect(await texts()).toEqual(['secret', 'kept', 'secrets', 'none']);
    await writer().execute(remove(1));
    expect(await texts()).toEqual(['', 'kept', '', '']);
  });

  it('leaves the message its place, and no text, in the projections', async () => {
    const { writer, projections } = await edited();
    await writer().execute(remove(1));
    expect(await projections.findMessage('c1', 1)).toMatchObject({
      seq: 1,
      content: '',
      deleted: new Date(0),
    });
    expect(await projections.findMessage('c1', 2)).toMatchObject({ content: 'kept', deleted: null });
  });

  it('is not answered before the text is gone', async () => {
    const { writer, log } = await edited();
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
    const redact = async (conversationId: string, seq: number) => {
      reach();
      await held;
      await log.redact(conversationId, seq);
    };
    let answered = false;
    const deletion = writer({ redact })
      .execute(remove(1))
      .then(() => {
        answered = true;
      });
    await reached;
    await new Promise(setImmediate);
    expect(answered).toBe(false);
    release();
    await deletion;
    expect(answered).toBe(true);
  });

  it('is not said to have failed where the text could not be taken, and is finished by a repeat', async () => {
    const { writer, texts } = await edited();
    const failing = writer({ redact: () => Promise.reject(new Error('away')) });
    await expect(failing.execute(remove(1))).rejects.toMatchObject({ code: 'outcome_unknown' });
    expect((await writer().execute(remove(1))).entry).toBeUndefined();
    expect(await texts()).toEqual(['', 'kept', '', '']);
  });
});
