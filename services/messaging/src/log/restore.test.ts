import { describe, expect, it } from '@jest/globals';
import { happened } from '../../tests/_entries.ts';
import { remove } from './_commands.ts';
import { memoryDatabase, send } from './_fixtures.ts';

const texts = async ({ log }: ReturnType<typeof memoryDatabase>) =>
  (await log.readAfter('c1', 0, 10)).flatMap(({ data }) => ('content' in data ? data.content : []));

describe('what a process left behind when it died', () => {
  it('is there for everyone once a repeat of the send was answered with it', async () => {
    const database = memoryDatabase();
    await database.writer().execute(send({ key: 'k1' }));
    const deletion = happened('c1', { rev: 3, seq: 1 }, { type: 'message.deleted', data: { seq: 1 } });
    await database.log.append([deletion]);
    const { message } = await database.writer().execute(send({ key: 'k1' }));
    expect(message).toMatchObject({ rev: 3, deleted: deletion.at });
    expect(await database.projections.findMessage('c1', 1)).toEqual(message);
    expect(await texts(database)).toEqual(['']);
  });
});

describe('a text that is taken out of the log', () => {
  it('is not blank before the message is shown as deleted', async () => {
    const { log, projections, writer } = memoryDatabase();
    await writer().execute(send());
    const shown: unknown[] = [];
    const redact = async (conversationId: string, seq: number) => {
      shown.push((await projections.findMessage(conversationId, seq))?.deleted);
      await log.redact(conversationId, seq);
    };
    await writer({ redact }).execute(remove(1));
    expect(shown).toEqual([new Date(0)]);
  });
});
