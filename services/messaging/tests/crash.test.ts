import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  entryAppended,
  entryPushed,
  NatterError,
  type ResponseOf,
  type sendMessage,
} from '@natter/contracts';
import { waitFor } from '@natter/testkit';
import { directConversation } from '../src/domain/direct-conversation.ts';
import { startProcess } from './_process.ts';
import { openStack } from './_stack.ts';

const entry = fileURLToPath(new URL('./_crashing-messaging.ts', import.meta.url));

function outcomeOf(result: unknown): object {
  if (result instanceof NatterError) return { code: result.code };
  return { replayed: (result as ResponseOf<typeof sendMessage>).replayed };
}

const isUndone = (result: unknown) => result instanceof NatterError && result.code === 'service_unavailable';

describe('a messaging process that is killed', () => {
  let stack: Awaited<ReturnType<typeof openStack>>;
  const heard: number[] = [];

  beforeEach(async () => {
    stack = await openStack();
    heard.length = 0;
  });
  afterEach(() => stack.stop());

  it.each(['between append and answer', 'between append and relay', 'between relay and unmark'])(
    '%s loses nothing, doubles nothing, and is heard of after a restart',
    async (step) => {
      const { id: address } = directConversation(stack.idOf('alice'), stack.idOf('bob'));
      const pushed: number[] = [];
      const listening = await stack.bus.listen(entryPushed, {
        address,
        handle: ({ rev }) => pushed.push(rev),
        onGap: () => undefined,
      });
      const child = await startProcess(stack.settings, { entry, environment: { DIE: step } });
      const died = once(child, 'exit');
      const conversation = { with: 'bob' };
      const send = { conversation, content: 'hello', clientMessageId: 'crash-0123456789' };
      const attempt = () =>
        stack
          .as('alice')
          .send(send)
          .catch((error: unknown) => error);
      let first = await attempt();
      // Whoever was not given the processor in time did nothing, and may be asked again.
      while (isUndone(first) && child.exitCode === null && child.signalCode === null) first = await attempt();
      expect(await died).toEqual([null, 'SIGKILL']);
      // Whether the answer got out before the process died is chance, but where it died before it had one.
      const outcomes = [
        { code: 'outcome_unknown' },
        ...(step === 'between append and answer' ? [] : [{ replayed: false }]),
      ];
      expect(outcomes).toContainEqual(outcomeOf(first));

      await stack.start();
      const again = await stack.as('alice').send(send);
      expect(again).toMatchObject({ replayed: true, message: { seq: 1, rev: 2 } });
      const { seq, rev, readSeq } = await stack.as('alice').conversation({ conversation, limit: 10 });
      expect({ seq, rev, readSeq }).toEqual({ seq: 1, rev: 2, readSeq: 1 });

      const consuming = await stack.bus.consume(entryAppended, {
        durable: 'test',
        handle: async (appended) => void heard.push(appended.rev),
        deadLetter: async ({ error }) => Promise.reject(new Error(error)),
      });
      await waitFor(() => heard.includes(1) && heard.includes(2), {
        what: 'both entries to be heard of',
      });
      // Whatever was going to be heard twice is heard before what is sent, and swept, after it.
      await stack.as('alice').send({ conversation, content: 'the end' });
      await waitFor(() => heard.includes(3), { what: 'the last entry to be heard of' });
      await consuming.stop();
      expect(heard).toEqual([1, 2, 3]);
      await waitFor(() => new Set(pushed).size === 3, { what: 'all three to be pushed' });
      listening.stop();
    },
  );
});
