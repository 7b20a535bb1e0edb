import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { getConversation, listMessages, type NatterError } from '@natter/contracts';
import { FaultProxy, waitFor } from '@natter/testkit';
import { openStack } from './_stack.ts';

const conversation = { with: 'bob' };

/** How a call ended, and after how many milliseconds. */
async function ended(call: Promise<unknown>): Promise<{ code: string; ms: number }> {
  const started = performance.now();
  const code = await call.then(
    () => 'done',
    (error: unknown) => (error as NatterError).code,
  );
  return { code, ms: performance.now() - started };
}

describe('messaging', () => {
  let stack: Awaited<ReturnType<typeof openStack>>;
  let gate: FaultProxy;

  beforeEach(async () => {
    stack = await openStack();
    gate = await FaultProxy.to(stack.settings.MONGODB_URL);
    await stack.start({ MONGODB_URL: gate.url });
    const clientMessageId = 'outage-0123456789';
    await stack.as('alice').sendUntilKnown({ conversation, content: 'before', clientMessageId });
  });
  afterEach(async () => {
    gate.release();
    await stack.stop();
    await gate.shut();
  });

  const send = (content: string) => stack.as('alice').send({ conversation, content });

  const isBack = () =>
    waitFor(
      async () =>
        (await ended(stack.as('alice').once(getConversation, { conversation, limit: 1 }))).code === 'done',
      {
        what: 'messaging to read again',
      },
    );

  it('says within 3 s that nothing was done while MongoDB is away, and recovers by itself', async () => {
    await gate.shut();
    // Whatever was under way has met the shut gate by then: from here on MongoDB is simply not there.
    await ended(send('into the gate'));
    const took: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const outcomes = await Promise.all([
        ended(send('away')),
        ended(stack.as('alice').once(getConversation, { conversation, limit: 1 })),
        ended(stack.as('bob').once(listMessages, { conversation: { with: 'alice' }, limit: 1 })),
      ]);
      expect(outcomes.map(({ code }) => code)).toEqual(outcomes.map(() => 'service_unavailable'));
      took.push(...outcomes.map(({ ms }) => ms));
    }
    // The quickest: on a busy machine any of them may have waited for the processor.
    expect(Math.min(...took)).toBeLessThan(3_000);
    await gate.open();
    await isBack();
    await send('after');
    const { messages } = await stack.as('alice').conversation({ conversation, limit: 10 });
    expect(messages.data.map(({ content }) => content)).not.toContain('away');
    expect(messages.data.at(-1)?.content).toBe('after');
  });

  it('does not say that nothing was done while MongoDB is frozen, and has it once or not at all', async () => {
    gate.hold();
    const { code, ms } = await ended(send('frozen'));
    expect(code).toBe('outcome_unknown');
    // The deadline is 4.9 s; on a busy machine its end may be seen later.
    expect(ms).toBeLessThan(20_000);
    gate.release();
    await isBack();
    const { messages, seq } = await stack.as('alice').conversation({ conversation, limit: 10 });
    expect(messages.data.map((message) => message.seq)).toEqual(Array.from({ length: seq }, (_, i) => i + 1));
    expect(messages.data.filter(({ content }) => content === 'frozen').length).toBeLessThanOrEqual(1);
  });

  it('goes on sending and reading, among those whom it knows, while the users service is away', async () => {
    await stack.as('bob').conversation({ conversation: { with: 'alice' }, limit: 1 });
    await stack.stopUsers();
    await send('without users');
    const { messages } = await stack.as('bob').conversation({ conversation: { with: 'alice' }, limit: 10 });
    expect(messages.data.map(({ sender, content }) => `${sender}: ${content}`)).toEqual([
      'alice: before',
      'alice: without users',
    ]);
  });
});
