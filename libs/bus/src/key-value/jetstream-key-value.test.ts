import { expect, test } from '@jest/globals';
import { passwordAttempts } from '@natter/contracts';
import { ErrorCode, NatsError } from 'nats';
import type { BusLogger } from '../bus-logger.ts';
import type { Connection } from '../connection/connection.ts';
import { Deadline } from '../deadline.ts';
import { JetStreamKeyValue } from './jetstream-key-value.ts';

const once = () => ({ count: 1, last: 0 });

const one = { data: new TextEncoder().encode(JSON.stringify(once())), seq: 1 };

/** Values on a NATS that answers a request as `answer` does, and the milliseconds that each was given. */
function setUp(answer: () => Promise<unknown> = async () => one) {
  const given: number[] = [];
  const ask = ({ timeout }: { timeout: number }) => {
    given.push(timeout);
    return answer();
  };
  const nats = {
    jetstreamManager: async (options: { timeout: number }) => ({
      streams: { getMessage: () => ask(options) },
    }),
    jetstream: () => ({
      publish: (_subject: string, _value: string, options: { timeout: number }) => ask(options),
    }),
  };
  const connection = { nats, use: (work: () => Promise<unknown>) => work() } as unknown as Connection;
  return {
    given,
    values: new JetStreamKeyValue(
      connection,
      { prefix: 'natter', logger: {} as BusLogger },
      passwordAttempts,
    ),
  };
}

const silence = async () => {
  throw new NatsError('silence', ErrorCode.Timeout);
};

test('a request is given two seconds, and no more than the deadline leaves', async () => {
  const { given, values } = setUp();
  await values.update('alice', once, Deadline.in(600_000));
  expect(given).toEqual([2_000, 2_000]);
  await values.update('alice', once, Deadline.in(1_500)).catch(() => undefined);
  expect(Math.max(...given.slice(2), 0)).toBeLessThanOrEqual(1_500);
});

test('with the deadline over nothing is asked', async () => {
  const { given, values } = setUp();
  const over = Deadline.in(0);
  await expect(values.get('alice', over)).rejects.toMatchObject({ code: 'service_unavailable' });
  await expect(values.update('alice', once, over)).rejects.toMatchObject({ code: 'service_unavailable' });
  expect(given).toEqual([]);
});

test('silence is asked once more, unless the deadline is over by then', async () => {
  const patient = setUp(silence);
  const unavailable = { code: 'service_unavailable' };
  await expect(patient.values.get('alice', Deadline.in(600_000))).rejects.toMatchObject(unavailable);
  expect(patient.given).toHaveLength(2);
  let left = 1;
  const deadline = {
    get expired() {
      return left === 0;
    },
    remainingMs: () => left,
  } as Deadline;
  const late = setUp(() => {
    left = 0;
    return silence();
  });
  await expect(late.values.get('alice', deadline)).rejects.toMatchObject(unavailable);
  expect(late.given).toHaveLength(1);
});
