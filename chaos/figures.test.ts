import { expect, it } from '@jest/globals';
import { figuresOf } from './figures.ts';
import type { Exchange } from './load.ts';

const exchange = (startedAt: number, ms: number, status: number | undefined, code?: string): Exchange => ({
  operation: 'read',
  requestId: `${startedAt}`,
  answer: { status, code, body: undefined },
  startedAt,
  endedAt: startedAt + ms,
});

it('measures what clients saw from the beginning of the fault to a second after the last failure', () => {
  const exchanges = [
    exchange(0, 900, 200),
    exchange(990, 20, 200),
    exchange(2_000, 5_200, 504, 'outcome_unknown'),
    exchange(3_000, 1, 503, 'service_unavailable'),
    exchange(3_500, 1, undefined, 'ECONNRESET'),
    exchange(7_500, 30, 200),
    exchange(9_000, 4_000, 200),
  ];
  expect(figuresOf(exchanges, { from: 1_000, to: 3_000 })).toEqual({
    asked: 7,
    failures: new Map([
      ['504 outcome_unknown', 1],
      ['503 service_unavailable', 1],
      ['no answer ECONNRESET', 1],
    ]),
    recoveryMs: 4_200,
    p99Ms: 5_200,
    maxMs: 5_200,
    late: [exchanges[2]],
  });
});

it('needs no time to recover from what nobody noticed', () => {
  expect(figuresOf([exchange(0, 10, 200)], { from: 5, to: 100 })).toMatchObject({ recoveryMs: 0, maxMs: 10 });
});
