import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { implement } from '@natter/bus';
import { listUsers } from '@natter/contracts';
import { waitFor } from '@natter/testkit';
import type { GatewayService } from '../src/index.ts';
import { alice, Stack } from './_stack.ts';

let stack: Stack;
let gateway: GatewayService;

beforeEach(async () => {
  stack = await Stack.create();
  gateway = stack.createGateway();
  await gateway.start();
});

afterEach(() => stack.close());

const isReady = async () => (await fetch(`${gateway.adminUrl}/readyz`)).ok;

/** Before it can judge tokens, the gateway answers 503; what is asked of its admin port is not counted. */
async function serve(...handlers: Parameters<Stack['serveAlice']>): Promise<void> {
  await stack.serveAlice(...handlers);
  await waitFor(isReady, { what: 'the gateway to be ready' });
}

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${gateway.url}${path}`, { ...init, headers: { authorization: `Bearer ${stack.token()}` } });

async function lines(metric: string): Promise<string[]> {
  const text = await gateway.metrics.getSingleMetricAsString(metric);
  return text.split('\n').filter((line) => !line.startsWith('#') && !/_bucket|_sum/.test(line));
}

const counted = (method: string, route: string, status: number | string) =>
  `natter_http_request_duration_seconds_count{method="${method}",route="${route}",status="${status}"} 1`;

/** An answer is measured when its connection is done with it, which its reader may know before. */
const eventually = (...expected: string[]) =>
  waitFor(
    async () => {
      const found = await lines('natter_http_request_duration_seconds');
      return expected.every((line) => found.includes(line)) && found.length === expected.length;
    },
    { what: `just these: ${expected.join('; ')}` },
  );

test('requests are counted by method, status and the pattern of their route, never by their path', async () => {
  await serve();
  await ask('/api/v1/users/alice');
  await ask('/api/users/nobody');
  await ask('/api/v1/server');
  await eventually(
    counted('GET', '/users/{user}', 200),
    counted('GET', '/users/{user}', 404),
    counted('GET', '/server', 200),
  );
});

test('whatever no route knows is one row, and so is every unusual method', async () => {
  await ask('/one');
  await ask('/api/v1/two', { method: 'POST' });
  await ask('/%');
  await ask('/api/v1/users/alice', { method: 'PROPFIND' });
  await ask('/api/v1/users/bob', { method: 'REPORT' });
  await eventually(
    counted('GET', 'other', 404),
    counted('POST', 'other', 404),
    counted('GET', 'other', 400),
    counted('other', 'other', 405).replace(/1$/, '2'),
  );
});

test('a request is in flight until it is answered; one that its client leaves is counted as aborted', async () => {
  const { promise: asked, resolve: arrived } = Promise.withResolvers<void>();
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  await serve(
    implement(listUsers, async () => {
      arrived();
      await held;
      return { users: [alice], next: null };
    }),
  );
  const leaving = new AbortController();
  const answer = ask('/api/v1/users', { signal: leaving.signal }).catch((error: Error) => error.name);
  await asked;
  expect(await lines('natter_http_requests_in_flight')).toEqual(['natter_http_requests_in_flight 1']);
  leaving.abort();
  expect(await answer).toBe('AbortError');
  try {
    await eventually(counted('GET', '/users', 'aborted'));
    expect(await lines('natter_http_requests_in_flight')).toEqual(['natter_http_requests_in_flight 0']);
  } finally {
    release();
  }
});
