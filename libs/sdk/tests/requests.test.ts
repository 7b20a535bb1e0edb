import { describe, expect, it } from '@jest/globals';
import { memorySessionStore, NatterClient, NatterClientError } from '../src/index.ts';
import { type Answerer, answer, FakeServer, refuse } from './_fake-server.ts';
import { FakeTiming } from './_fake-timing.ts';

const credentials = { username: 'alice', password: 'natter-demo' };

const user = { id: 'u-1', username: 'alice', displayName: 'alice', created: '2026-01-01T00:00:00.000Z' };

const grantOf = (number: number) => ({
  session: { id: 's-1', device: null, created: '', lastUsed: '', current: true },
  user,
  accessToken: `access-${number}`,
  tokenType: 'Bearer',
  expiresIn: 600,
  refreshToken: `refresh-${number}`,
});

/** Gives tokens with numbers, takes the latest alone, and answers whoever has it by `others`. */
function sessions(others: Answerer = (_request, response) => answer(response, 200, user)) {
  const state = { number: 0, good: true };
  const answerer: Answerer = (request, response) => {
    const { path, body, headers } = request;
    if (path === '/sessions') return answer(response, 201, grantOf((state.number += 1)));
    if (path === '/sessions/refresh') {
      const { refreshToken } = body as { refreshToken: string };
      if (!state.good || refreshToken !== `refresh-${state.number}`)
        return refuse(response, 401, 'invalid_token');
      return answer(response, 200, grantOf((state.number += 1)));
    }
    if (headers.authorization !== `Bearer access-${state.number}`)
      return refuse(response, 401, 'invalid_token');
    return others(request, response);
  };
  return { state, answerer };
}

const failureOf = async (promise: Promise<unknown>): Promise<NatterClientError> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof NatterClientError) return error;
  throw new Error('It did not fail as it should', { cause: error });
};

describe('a session', () => {
  it('is renewed once for all who wait, before it expires', async () => {
    const { answerer } = sessions();
    await using server = await FakeServer.start(answerer);
    const timing = new FakeTiming();
    const client = new NatterClient({ url: server.url, timing });
    await client.logIn(credentials);
    await client.users.me();
    expect(server.asked).not.toContain('POST /sessions/refresh');
    timing.pass(500_000);
    await Promise.all([client.users.me(), client.users.me(), client.users.me()]);
    expect(server.asked.filter((one) => one === 'POST /sessions/refresh')).toHaveLength(1);
  });

  it('is renewed once where its token is refused, and asks again', async () => {
    const { state, answerer } = sessions();
    await using server = await FakeServer.start(answerer);
    const client = new NatterClient({ url: server.url, timing: new FakeTiming() });
    await client.logIn(credentials);
    // The server does not take its own token any more, as with a clock that is off.
    server.answerBy((request, response) =>
      request.headers.authorization === 'Bearer access-1'
        ? refuse(response, 401, 'invalid_token')
        : answerer(request, response),
    );
    const asked = await Promise.all([client.users.me(), client.users.me(), client.users.me()]);
    expect([asked.map(({ id }) => id), state.number]).toEqual([['u-1', 'u-1', 'u-1'], 2]);
  });

  it('is renewed where the server requires a second factor, and asks again, once', async () => {
    const factor = { isOn: true };
    const { answerer } = sessions((request, response) =>
      factor.isOn && request.headers.authorization !== 'Bearer access-1'
        ? answer(response, 200, user)
        : refuse(response, 403, 'second_factor_setup_required'),
    );
    await using server = await FakeServer.start(answerer);
    const client = new NatterClient({ url: server.url, timing: new FakeTiming() });
    await client.logIn(credentials);
    expect(await client.users.me()).toEqual(user);
    factor.isOn = false;
    server.requests.length = 0;
    const failure = await failureOf(client.users.me());
    expect(failure).toMatchObject({ code: 'second_factor_setup_required', status: 403, retryable: false });
    expect(server.asked).toEqual(['GET /users/me', 'POST /sessions/refresh', 'GET /users/me']);
  });

  it('is over where it can not be renewed, and gone from the store', async () => {
    const { state, answerer } = sessions();
    await using server = await FakeServer.start(answerer);
    const store = memorySessionStore();
    const timing = new FakeTiming();
    const client = new NatterClient({ url: server.url, store, timing });
    await client.logIn(credentials);
    state.good = false;
    timing.pass(700_000);
    expect(await failureOf(client.users.me())).toMatchObject({ code: 'invalid_token', status: 401 });
    expect(await store.load()).toBeUndefined();
    expect(await failureOf(client.users.me())).toMatchObject({ code: 'unauthenticated' });
  });

  it('goes on with what it has while it can not be asked for more', async () => {
    const { answerer } = sessions();
    await using server = await FakeServer.start(answerer);
    const timing = new FakeTiming();
    const client = new NatterClient({ url: server.url, timing });
    await client.logIn(credentials);
    server.answerBy((request, response) =>
      request.path === '/sessions/refresh'
        ? refuse(response, 503, 'service_unavailable')
        : answerer(request, response),
    );
    timing.pass(500_000);
    expect(await client.users.me()).toEqual(user);
  });

  it('may be shared: who was slower to renew it takes what the other has got', async () => {
    const { state, answerer } = sessions();
    await using server = await FakeServer.start(answerer);
    const store = memorySessionStore();
    const timing = new FakeTiming();
    const client = new NatterClient({ url: server.url, store, timing });
    const session = await client.logIn(credentials);
    timing.pass(500_000);
    server.answerBy(async (request, response) => {
      if (request.path === '/sessions/refresh' && state.number === 1) {
        // The other tab, in this very moment.
        state.number = 2;
        const renewAt = timing.now() + 1_000;
        await store.save({ ...session, accessToken: 'access-2', refreshToken: 'refresh-2', renewAt });
      }
      return answerer(request, response);
    });
    expect([await client.users.me(), state.number]).toEqual([user, 2]);
  });

  it('ends with a log-out, whether the server knows it still or not', async () => {
    const { answerer } = sessions((_request, response) => answer(response, 204));
    await using server = await FakeServer.start(answerer);
    const store = memorySessionStore();
    const client = new NatterClient({ url: server.url, store, timing: new FakeTiming() });
    await client.logIn(credentials);
    await client.logOut();
    expect([server.asked.at(-1), await store.load()]).toEqual(['DELETE /sessions/current', undefined]);
    await client.logOut();
  });
});

describe('a request', () => {
  it('has credentials by HTTP Basic, of any script', async () => {
    await using server = await FakeServer.start((_request, response) => answer(response, 200, user));
    const client = new NatterClient({ url: server.url, basic: { username: 'alice', password: 'pässwort' } });
    await client.users.me();
    const expected = `Basic ${Buffer.from('alice:pässwort').toString('base64')}`;
    expect(server.requests[0]?.headers.authorization).toBe(expected);
  });

  it('fails with what the server said of it', async () => {
    const errors = [{ pointer: '/content', message: 'Must not be blank' }];
    const problem = { code: 'validation_failed', detail: 'No', requestId: 'r-7', retryable: false, errors };
    await using server = await FakeServer.start((_request, response) => answer(response, 400, problem));
    const client = new NatterClient({ url: server.url, basic: credentials });
    const error = await failureOf(client.messages.send('bob', { content: '' }));
    expect(error).toMatchObject({ code: 'validation_failed', status: 400, requestId: 'r-7', faults: errors });
    expect([error.retryable, error.message, server.requests.length]).toEqual([false, 'No', 1]);
  });

  it('fails with no_answer where the connection is cut, and with unreadable_answer at a proxy', async () => {
    await using server = await FakeServer.start((_request, response) => {
      response.destroy();
    });
    const client = new NatterClient({ url: server.url, basic: credentials });
    expect(await failureOf(client.users.me())).toMatchObject({ code: 'no_answer', retryable: true });
    server.answerBy((_request, response) => void response.writeHead(502).end('<h1>Bad gateway</h1>'));
    const proxied = { code: 'unreadable_answer', status: 502, retryable: true };
    expect(await failureOf(client.users.me())).toMatchObject(proxied);
  });

  it('escapes what is in its path', async () => {
    await using server = await FakeServer.start((_request, response) => answer(response, 200, {}));
    const client = new NatterClient({ url: `${server.url}/`, basic: credentials });
    await client.messages.addReaction('a/b?c', 7, '👍');
    await client.messages.search({ q: 'tomato & soup', conversation: 'bob', limit: 2 });
    const [reaction, search] = server.requests;
    expect(reaction?.path).toBe(`/conversations/a%2Fb%3Fc/messages/7/reactions/${encodeURIComponent('👍')}`);
    expect([search?.path, search?.query.get('q'), search?.query.get('conversation')]).toEqual([
      '/conversations/bob/messages/search',
      'tomato & soup',
      null,
    ]);
  });
});

describe('a send', () => {
  it('is repeated with its key until it is known, and waits as long as the server says', async () => {
    const fates: ((response: Parameters<Answerer>[1]) => void)[] = [
      (response) => refuse(response, 503, 'service_unavailable', { 'retry-after': '7' }),
      (response) => void response.destroy(),
      (response) => refuse(response, 504, 'outcome_unknown'),
      (response) => refuse(response, 429, 'rate_limited', { 'retry-after': '30' }),
      (response) => void response.writeHead(502).end('<h1>Bad gateway</h1>'),
      (response) => answer(response, 201, { id: 'm-1', seq: 1 }),
    ];
    await using server = await FakeServer.start((_request, response) => fates.shift()?.(response));
    const timing = new FakeTiming();
    const client = new NatterClient({ url: server.url, basic: credentials, timing });
    expect(await client.messages.send('bob', { content: 'hello' })).toEqual({ id: 'm-1', seq: 1 });
    const keys = server.requests.map(({ body }) => (body as { clientMessageId: string }).clientMessageId);
    expect([keys.length, new Set(keys).size]).toEqual([6, 1]);
    expect(keys[0]).toMatch(/^[A-Za-z0-9_-]{16,64}$/);
    expect(timing.slept).toEqual([7_000, 250, 500, 30_000, 2_000]);
  });

  it.each([
    [403, 'forbidden'],
    [422, 'idempotency_key_reused'],
    [500, 'internal'],
  ])('is not repeated after an answer that is final: %d %s', async (status, code) => {
    await using server = await FakeServer.start((_request, response) => refuse(response, status, code));
    const client = new NatterClient({ url: server.url, basic: credentials, timing: new FakeTiming() });
    expect(await failureOf(client.messages.send('bob', { content: 'hello' }))).toMatchObject({ code });
    expect(server.requests).toHaveLength(1);
  });

  it('ends with the caller’s signal', async () => {
    const giveUp = new AbortController();
    await using server = await FakeServer.start((_request, response) => {
      if (server.requests.length === 3) giveUp.abort(new Error('enough'));
      else refuse(response, 503, 'overloaded');
    });
    const client = new NatterClient({ url: server.url, basic: credentials, timing: new FakeTiming() });
    const { signal } = giveUp;
    await expect(client.messages.send('bob', { content: 'hello' }, { signal })).rejects.toThrow('enough');
    expect(server.requests).toHaveLength(3);
  });

  it('is one group where it makes one, and anything else is repeated only where it is wanted', async () => {
    const failing: Answerer = (_request, response) =>
      server.requests.length % 2 === 1
        ? refuse(response, 503, 'overloaded')
        : answer(response, 200, { id: 'c-1' });
    await using server = await FakeServer.start(failing);
    const client = new NatterClient({ url: server.url, basic: credentials, timing: new FakeTiming() });
    await client.conversations.create({ title: 'Garden', members: ['bob'] });
    const [first, second] = server.requests;
    expect(first?.headers['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
    await client.messages.edit('c-1', 1, { content: 'hello' }, { repeat: true });
    expect(server.requests).toHaveLength(4);
    expect(await failureOf(client.messages.delete('c-1', 1))).toMatchObject({ code: 'overloaded' });
  });
});
