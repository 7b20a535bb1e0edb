import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openStack } from './_stack.ts';

const count = 120;

/** As heavy as a message can be: 16 KiB of what JSON writes six times as long. */
const content = `a${'\u0001'.repeat(16 * 1024 - 1)}`;

describe('a page of very long messages', () => {
  let stack: Awaited<ReturnType<typeof openStack>>;
  const conversation = { with: 'bob' };

  beforeAll(async () => {
    stack = await openStack();
    await stack.start();
    for (let n = 1; n <= count; n += 1) await stack.as('alice').send({ conversation, content });
  });
  afterAll(() => stack.stop());

  it('has the newest of them, and says that there are more', async () => {
    const { data, page } = await stack.as('bob').messages({ conversation: { with: 'alice' }, limit: 200 });
    expect(data.at(-1)).toMatchObject({ seq: count, content });
    expect(data.length).toBeLessThan(count);
    expect(page).toMatchObject({ hasBefore: true, hasAfter: false });
  });

  it('is followed by the rest, none missing, none twice', async () => {
    const seqs: number[] = [];
    for (let more = true; more; ) {
      const after = seqs.at(-1) ?? 0;
      const { data, page } = await stack
        .as('alice')
        .messages({ conversation, limit: 200, position: { after } });
      seqs.push(...data.map(({ seq }) => seq));
      more = page.hasAfter;
    }
    expect(seqs).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  });
});
