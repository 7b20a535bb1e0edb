import { expect, jest, test } from '@jest/globals';
import { userChanged } from '@natter/contracts';
import type { JsMsg } from 'nats';
import type { DeadLetter } from './dead-letter.ts';
import { MessageHandler } from './message-handler.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

const fits = {
  id: '00000000-0000-4000-8000-000000000000',
  username: 'alice',
  displayName: 'Alice',
  created: '2026-01-01T00:00:00.000Z',
  deleted: false,
  version: 1,
};

/** A message that notes how it was settled. */
function delivered(deliveryCount: number, payload: object) {
  const settled: unknown[] = [];
  const message = {
    subject: 'test.event.users.v1.user.changed',
    seq: 7,
    info: { stream: 'test_users', consumer: 'collector', deliveryCount, streamSequence: 7 },
    json: () => payload,
    string: () => JSON.stringify(payload),
    ack: () => settled.push('ack'),
    nak: (delayMs: number) => settled.push(['nak', delayMs]),
    term: () => settled.push('term'),
  };
  return { message: message as unknown as JsMsg, settled };
}

async function receive(
  { message }: ReturnType<typeof delivered>,
  handle: () => Promise<void>,
  deadLetter: (letter: DeadLetter) => Promise<void> = async () => {},
): Promise<void> {
  await new MessageHandler(userChanged, { handle, deadLetter }, silent).receive(message);
}

const succeeds = async () => {};
const fails = () => Promise.reject(new Error('no'));

test('a handled event is acknowledged', async () => {
  const delivery = delivered(1, fits);
  await receive(delivery, succeeds);
  expect(delivery.settled).toEqual(['ack']);
});

test('a failed event is delivered again after a while', async () => {
  const delivery = delivered(2, fits);
  await receive(delivery, fails);
  expect(delivery.settled).toEqual([['nak', 1_000]]);
});

test('an event that failed for the last time is a dead letter, and gone only when that is kept', async () => {
  const delivery = delivered(5, fits);
  const letters: DeadLetter[] = [];
  await receive(delivery, fails, async (letter) => {
    expect(delivery.settled).toEqual([]);
    letters.push(letter);
  });
  expect(letters).toMatchObject([{ sequence: 7, deliveries: 5, error: 'Error: no' }]);
  expect(delivery.settled).toEqual(['term']);
});

test('a dead letter that can not be kept is delivered again', async () => {
  const delivery = delivered(5, fits);
  await receive(delivery, fails, fails);
  expect(delivery.settled).toEqual([['nak', 15_000]]);
});

test('after the dead letters were away, the event is tried first', async () => {
  const delivery = delivered(6, fits);
  await receive(delivery, succeeds, fails);
  expect(delivery.settled).toEqual(['ack']);
});

test('a payload that does not fit is a dead letter without being handled', async () => {
  const delivery = delivered(1, { ...fits, version: 'x' });
  const handle = jest.fn(succeeds);
  const letters: DeadLetter[] = [];
  await receive(delivery, handle, async (letter) => void letters.push(letter));
  expect(handle).not.toHaveBeenCalled();
  expect(letters).toHaveLength(1);
  expect(delivery.settled).toEqual(['term']);
});
