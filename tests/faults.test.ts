import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Message } from '@natter/contracts';
import { waitFor } from '@natter/testkit';
import { checkLedger } from '../chaos/check-ledger.ts';
import { Load } from '../chaos/load.ts';
import type { Ask } from '../chaos/question.ts';
import { Random } from '../services/messaging/src/simulation/random.ts';
import type { Answer, Client } from './_client.ts';
import { Listening } from './_listening.ts';
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

  /** Several clients that write and read; what has a key they repeat until it is acknowledged. */
  function keepAsking(name: string) {
    const answers: Answer[] = [];
    const ask: Ask = async (question) => {
      const answer = await alice.ask(question).catch(noAnswer);
      if (answer === undefined) return { status: undefined, code: undefined, body: undefined };
      answers.push(answer);
      return { status: answer.status, code: codeOf(answer), body: answer.body };
    };
    const mix = { keyed: 6, unkeyed: 2, read: 2, list: 1, user: 1 };
    const load = new Load({
      name,
      users: [ask],
      conversations: ['bob'],
      plan: { clients: 4, pauseMs: 0, mix },
      random: new Random(1),
    });
    return { answers, ask, load };
  }

  it.each(['messaging', 'nats', 'mongo', 'users', 'gateway'] as const)(
    'recovers by itself from the death of %s under load, with every message once, in order',
    async (name) => {
      const { answers, ask, load } = keepAsking(name);
      using stopping = new DisposableStack();
      stopping.use(load);
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
      await load.stop();
      for (const { status, ms, headers } of answers) {
        expect([200, 201, 503, 504]).toContain(status);
        expect(ms).toBeLessThan(answeredWithinMs);
        if (status === 503) expect(headers.get('retry-after')).toMatch(/^\d+$/);
      }
      expect([...load.staleReads, ...(await checkLedger(load.sends, ask))]).toEqual([]);
    },
  );

  it('answers 504 within the deadline while messaging is frozen, and has the message once afterwards', async () => {
    const pid = await natter.pidOf('messaging');
    const [url = ''] = await natter.gateways();
    const before = await alice.post(route, { content: 'before' });
    await using listening = await Listening.begin(url, 'bob', before.body as Message);
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
    // Those who listen saw nothing of it, and have the message once, too.
    await listening.toldOf(1);
    const { rev } = second.body as Message;
    expect(listening.revs).toEqual([[rev], [rev], [rev], [rev]]);
    expect([listening.cuts, listening.code]).toEqual([[], undefined]);
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
