import { expect, test } from '@jest/globals';
import { type Bus, Deadline } from '@natter/bus';
import { createUserRoute } from './create-user.ts';

test('no more accounts are made at once than leave room for log-ins, and one more is overloaded', async () => {
  const held = Promise.withResolvers<unknown>();
  const bus = { call: () => held.promise } as Pick<Bus, 'call'>;
  const route = createUserRoute(bus, { registration: 'open' });
  const register = async (username: string) =>
    route.handle({
      caller: undefined,
      params: {},
      query: {},
      headers: {},
      body: { username, password: 'long enough' },
      context: { requestId: 'test', deadline: Deadline.in(60_000), address: undefined },
    });
  const all = Promise.allSettled(Array.from({ length: 9 }, (_, index) => register(`u${index}`)));
  held.resolve({ username: 'u' });
  const outcomes = await all;
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(8);
  expect(outcomes[8]).toMatchObject({ reason: { code: 'overloaded', retryAfter: 1 } });
  await expect(register('later')).resolves.toMatchObject({ status: 201 });
});
