import { expect, it } from '@jest/globals';
import { judgeLate, readDurations } from './late-answers.ts';
import type { Exchange } from './load.ts';

const late = (requestId: string): Exchange => ({
  operation: 'read',
  requestId,
  answer: { status: 504, code: 'outcome_unknown', body: undefined },
  startedAt: 0,
  endedAt: 6_000,
});

const lines = [
  '{"msg":"listening"}',
  '{"requestId":"in-time","durationMs":5100,"msg":"answered"}',
  '{"requestId":"too-late","durationMs":5101,"msg":"answered"}',
  'FATAL ERROR: something that is no JSON',
  '{"requestId":"cut-off","durationMs":1',
];

it('holds against Natter what its gateway answered too late, or never', () => {
  const { tooLate, heldUp } = judgeLate(['in-time', 'too-late', 'cut-off'].map(late), readDurations(lines));
  expect(tooLate).toEqual([
    'read ended with 504 outcome_unknown after 6.00 s, for which the gateway took 5.10 s',
    'read ended with 504 outcome_unknown after 6.00 s, of which no gateway knows',
  ]);
  expect(heldUp).toHaveLength(1);
});
