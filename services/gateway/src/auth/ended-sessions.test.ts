import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Bus, ListenOptions } from '@natter/bus';
import { type EndedSession, NatterError, type sessionEnded } from '@natter/contracts';
import { createLogger } from '@natter/platform';
import { type Clock, EndedSessions } from './ended-sessions.ts';

type Heard = ListenOptions<typeof sessionEnded>;

const sessionOf = (id: string, accessUntilMs = 600_000): EndedSession => ({
  id,
  accessUntil: new Date(accessUntilMs).toISOString(),
});

/** One that ends when the test says so. */
const readingOf = () => Promise.withResolvers<{ sessions: EndedSession[] }>();

describe('the sessions that have ended', () => {
  const logger = createLogger({ name: 'test', level: 'silent' });
  const call = jest.fn<(...parameters: unknown[]) => Promise<{ sessions: EndedSession[] }>>();
  let listener: Heard;
  let now: number;
  let pauses: { ms: number; end: () => void }[];
  let stopping: AbortController;
  let ended: EndedSessions;
  let followed: Promise<void>;

  const listen = async (_push: unknown, options: Heard) => {
    listener = options;
    return { stop: () => undefined };
  };

  beforeEach(() => {
    now = 0;
    pauses = [];
    call.mockReset().mockResolvedValue({ sessions: [] });
    stopping = new AbortController();
    const clock: Clock = {
      now: () => now,
      pause: (ms, signal) => {
        const { promise, resolve } = Promise.withResolvers<void>();
        pauses.push({ ms, end: resolve });
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve());
        return promise;
      },
    };
    ended = new EndedSessions({ call, listen } as Pick<Bus, 'call' | 'listen'>, logger, clock);
  });

  afterEach(async () => {
    stopping.abort();
    await followed;
  });

  async function follow(): Promise<void> {
    followed = ended.follow(stopping.signal);
    await setImmediate();
  }

  /** The pause that goes on is that long, and over. */
  async function pass(ms: number): Promise<void> {
    expect(pauses.at(-1)?.ms).toBe(ms);
    pauses.at(-1)?.end();
    await setImmediate();
  }

  const push = (...ids: string[]) =>
    listener.handle({ userId: 'u', sessions: ids.map((id) => sessionOf(id)) });

  const judgement = (id: string) =>
    ended.refuse(id).then(
      () => 'let in',
      (error: NatterError) => error.code,
    );

  const unavailable = () => call.mockRejectedValue(new NatterError('service_unavailable'));

  it('are not known before they are read', async () => {
    expect(ended.known).toBe(false);
    expect(await judgement('one')).toBe('service_unavailable');
    call.mockResolvedValue({ sessions: [sessionOf('one')] });
    await follow();
    expect(ended.known).toBe(true);
    expect([await judgement('one'), await judgement('other')]).toEqual(['invalid_token', 'let in']);
  });

  it('are read page by page', async () => {
    const all = Array.from({ length: 1_500 }, (_, number) => sessionOf(`s${number}`));
    call.mockResolvedValueOnce({ sessions: all.slice(0, 1_000) });
    call.mockResolvedValueOnce({ sessions: all.slice(1_000) });
    await follow();
    expect(call.mock.calls.map(([, request]) => request)).toEqual([
      { limit: 1_000 },
      { afterId: 's999', limit: 1_000 },
    ]);
    expect([await judgement('s0'), await judgement('s1499')]).toEqual(['invalid_token', 'invalid_token']);
  });

  it('are refused as soon as they are told', async () => {
    await follow();
    expect(await judgement('one')).toBe('let in');
    push('one', 'two');
    expect([await judgement('one'), await judgement('two')]).toEqual(['invalid_token', 'invalid_token']);
  });

  it('are read again after a gap, and who asks meanwhile waits for them', async () => {
    await follow();
    const { promise, resolve } = readingOf();
    call.mockReturnValue(promise);
    listener.onGap();
    expect(ended.known).toBe(false);
    await setImmediate();
    const waiting = Promise.all([judgement('one'), judgement('other')]);
    resolve({ sessions: [sessionOf('one')] });
    expect(await waiting).toEqual(['invalid_token', 'let in']);
  });

  it('are not known after a gap during the reading until they are read once more', async () => {
    const [first, second] = [readingOf(), readingOf()];
    call.mockReturnValueOnce(first.promise).mockReturnValueOnce(second.promise);
    await follow();
    listener.onGap();
    first.resolve({ sessions: [] });
    await setImmediate();
    const { known } = ended;
    const judged = judgement('missed');
    second.resolve({ sessions: [sessionOf('missed')] });
    expect([known, await judged]).toEqual([false, 'invalid_token']);
    expect(call).toHaveBeenCalledTimes(2);
  });

  it('are asked for until the users service answers', async () => {
    unavailable();
    await follow();
    expect(await judgement('one')).toBe('service_unavailable');
    call.mockResolvedValue({ sessions: [] });
    await pass(250);
    expect(await judgement('one')).toBe('let in');
  });

  it('are read every half minute for what may have been lost on the way, and stay known when that fails', async () => {
    await follow();
    call.mockResolvedValue({ sessions: [sessionOf('lost')] });
    await pass(30_000);
    expect(await judgement('lost')).toBe('invalid_token');
    unavailable();
    await pass(30_000);
    expect([await judgement('lost'), await judgement('other')]).toEqual(['invalid_token', 'let in']);
  });

  it('are waited for with a word at first, a warning when it lasts and then one a minute, without a stack', async () => {
    const info = jest.spyOn(logger, 'info');
    const warn = jest.spyOn(logger, 'warn');
    unavailable();
    await follow();
    for (let failures = 1; failures < 20; failures += 1) await pass(250);
    expect([info.mock.calls.length, warn.mock.calls.length]).toEqual([1, 0]);
    await pass(250);
    expect(warn.mock.calls).toEqual([
      [
        { code: 'service_unavailable', reason: 'The service is not available' },
        'could not read which sessions ended, trying on',
      ],
    ]);
    for (let failures = 21; failures < 240; failures += 1) await pass(250);
    expect(warn).toHaveBeenCalledTimes(1);
    await pass(250);
    expect(warn).toHaveBeenCalledTimes(2);
  });

  it('are known for a minute longer than their access tokens are good, and then forgotten', async () => {
    await follow();
    push('one');
    now = 660_000;
    await pass(30_000);
    expect(await judgement('one')).toBe('invalid_token');
    now += 1;
    await pass(30_000);
    expect(await judgement('one')).toBe('let in');
  });
});
