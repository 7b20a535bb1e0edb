import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Message, MessagePage } from '@natter/contracts';
import { waitFor } from '@natter/testkit';
import type { Answer, Client } from './_client.ts';
import { Natter } from './_natter.ts';

const route = '/api/v1/conversations/bob/messages';

/** The deadline is 5 s; on a busy machine the answer may be seen later. */
const answeredWithinMs = 20_000;

const codeOf = ({ body }: Answer) => (body as { code?: string }).code;

/** A gateway that dies takes its connections with it: a TypeError to `fetch`, but not one of the test's own realm. */
const noAnswer = (error: Error) => {
  if (error.name === 'TypeError') return undefined;
  throw error;
};

/** Waits until a read succeeds again. */
const recovers = (client: Client, what: string) =>
  waitFor(async () => (await client.get(route)).status === 200, { what });

describe('when a part of Natter dies or freezes', () => {
  let natter: Natter;
  let alice: Client;

  beforeAll(async () => {
    natter = await Natter.create();
    await natter.start();
    alice = await (await natter.as('alice')).withToken('alice');
    await alice.post(route, { content: 'hello' });
  });
  afterAll(() => natter.remove());

  /** Several senders, each of which repeats a keyed message until it is acknowledged, and then sends the next. */
  function keepSending(name: string) {
    const answers: Answer[] = [];
    const stopping = new AbortController();
    const send = async (sender: number): Promise<void> => {
      for (let n = 1; !stopping.signal.aborted; n += 1) {
        const message = `${name} ${sender}/${n}`;
        const key = `${name}-${sender}-${String(n).padStart(12, '0')}`;
        for (let acknowledged = false; !acknowledged; ) {
          const answer = await alice
            .post(route, { content: message }, { 'idempotency-key': key })
            .catch(noAnswer);
          if (answer) answers.push(answer);
          acknowledged = answer?.status === 201;
        }
      }
    };
    const done = Promise.all([1, 2, 3, 4].map(send));
    return {
      answers,
      stop: async () => {
        stopping.abort();
        await done;
      },
    };
  }

  it.each(['messaging', 'nats', 'mongo', 'users', 'gateway'] as const)(
    'recovers by itself from the death of %s under load, with every message once, in order',
    async (name) => {
      const { answers, stop } = keepSending(name);
      const acknowledgedSince = (since: number) =>
        answers.slice(since).filter(({ status }) => status === 201);
      await waitFor(() => acknowledgedSince(0).length > 10, { what: 'sends' });
      const pid = await natter.pidOf(name);
      process.kill(pid, 'SIGKILL');
      await waitFor(async () => (await natter.pidOf(name).catch(() => pid)) !== pid, {
        what: `another ${name}`,
      });
      const since = answers.length;
      await waitFor(() => acknowledgedSince(since).length > 10, {
        what: 'sends to succeed again',
      });
      await stop();
      for (const { status, ms, headers } of answers) {
        expect([201, 503, 504]).toContain(status);
        expect(ms).toBeLessThan(answeredWithinMs);
        if (status === 503) expect(headers.get('retry-after')).toMatch(/^\d+$/);
      }
      await expectEachOnce(name, answers);
    },
  );

  /** The messages that were acknowledged are in the conversation, each once, in order, without a hole. */
  async function expectEachOnce(name: string, answers: readonly Answer[]): Promise<void> {
    const acknowledged = answers.filter(({ status }) => status === 201).map(({ body }) => body as Message);
    const stored: Message[] = [];
    for (let after = 0, more = true; more; after = stored.at(-1)?.seq ?? 0) {
      const { body } = await alice.get(`${route}?after=${after}&limit=200`);
      const { data, page } = body as MessagePage;
      stored.push(...data);
      more = page.hasAfter;
    }
    expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, index) => index + 1));
    const ofThisTest = stored.filter(({ content }) => content.startsWith(`${name} `));
    expect(ofThisTest.map(({ id, content, seq }) => ({ id, content, seq }))).toEqual(
      acknowledged
        .map(({ id, content, seq }) => ({ id, content, seq }))
        .toSorted((one, other) => one.seq - other.seq),
    );
  }

  it('answers 504 within the deadline while messaging is frozen, and has the message once afterwards', async () => {
    const pid = await natter.pidOf('messaging');
    const send = () => alice.post(route, { content: 'frozen' }, { 'idempotency-key': 'frozen-0123456789ab' });
    process.kill(pid, 'SIGSTOP');
    let answer: Answer;
    try {
      answer = await send();
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    expect([answer.status, codeOf(answer)]).toEqual([504, 'outcome_unknown']);
    expect(answer.ms).toBeLessThan(answeredWithinMs);
    await recovers(alice, 'messaging to thaw');
    const first = await send();
    const second = await send();
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
  });

  it('lets the holder of a token send while users is frozen', async () => {
    const pid = await natter.pidOf('users');
    process.kill(pid, 'SIGSTOP');
    try {
      const answer = await alice.post(route, { content: 'without users' });
      expect(answer.status).toBe(201);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  });

  it('leaves nothing behind that the operator’s check finds wrong', async () => {
    const { code, output } = await natter.operate('check');
    // On a slow machine there are lines of progress, too.
    expect([code, output]).toEqual([
      0,
      expect.stringMatching(/Looked at 1 conversation: nothing is wrong\.\n/),
    ]);
  });
});
