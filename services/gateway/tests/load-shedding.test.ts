import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { implement } from '@natter/bus';
import { listUsers } from '@natter/contracts';
import { waitFor } from '@natter/testkit';
import type { GatewayService } from '../src/index.ts';
import { Client } from './_client.ts';
import { Stack } from './_stack.ts';

let stack: Stack;
let asked: number;
let release: () => void;

beforeEach(async () => {
  stack = await Stack.create();
  asked = 0;
  const held = Promise.withResolvers<void>();
  release = held.resolve;
  await stack.serveAlice(
    implement(listUsers, async () => {
      asked += 1;
      await held.promise;
      return { users: [], next: null };
    }),
  );
});
afterEach(() => stack.close());

async function start(settings: Record<string, string>): Promise<[GatewayService, Client]> {
  const gateway = stack.createGateway(settings);
  await gateway.start();
  const client = new Client(gateway.url, stack.token());
  // Before it can judge tokens, it refuses for that reason.
  const ready = async () => (await client.get('/readyz')).status === 200;
  await waitFor(ready, { what: 'the gateway to be ready' });
  return [gateway, client];
}

test.each([
  ['all', 'MAX_IN_FLIGHT', 'in-flight'],
  ['one address', 'MAX_IN_FLIGHT_PER_ADDRESS', 'address'],
])(
  'more requests than there is room for, of %s, are refused at once, but no probe',
  async (_of, setting, reason) => {
    const [gateway, client] = await start({ [setting]: '2' });
    const answers = [client.get('/api/v1/users'), client.get('/api/v1/users')];
    await waitFor(() => asked === 2, { what: 'both requests to be under way' });
    const refused = await client.get('/api/v1/users/alice');
    expect(refused.json).toMatchObject({ status: 503, code: 'overloaded', retryable: true });
    expect(refused.headers.get('Retry-After')).toBe('1');
    expect((await client.get('/livez')).status).toBe(200);
    expect((await client.get('/readyz')).status).toBe(200);
    release();
    for (const answer of answers) expect((await answer).status).toBe(200);
    const served = async () => (await client.get('/api/v1/users/alice')).status === 200;
    await waitFor(served, { what: 'room again' });
    const text = await gateway.metrics.getSingleMetricAsString('natter_requests_shed_total');
    expect(text).toMatch(new RegExp(`natter_requests_shed_total\\{reason="${reason}"\\} [1-9]`));
  },
);
