import { expect, test } from '@jest/globals';
import { type ErrorCode, NatterError } from '@natter/contracts';
import type { Outcome } from './outcome.ts';
import { failureOf, noteOutcome, type Progress, repeatAfterMs } from './retry.ts';

type Failure = Exclude<Outcome, { kind: 'answered' }>;

const cause = new Error('the cause');
const nobody: Failure = { kind: 'no-responders', cause };
const notSent: Failure = { kind: 'not-sent', cause, retryAfter: 4 };
const timedOut: Failure = { kind: 'timed-out', cause };
const lost: Failure = { kind: 'lost', cause };
const refused = (code: ErrorCode): Failure => ({ kind: 'refused', error: new NatterError(code) });

function after(outcomes: Failure[], effect: 'read' | 'write', repeatable = effect === 'read'): Progress {
  const progress = { effect, repeatable: () => repeatable, noResponders: 0, mayHaveRun: false };
  for (const outcome of outcomes) noteOutcome(progress, outcome);
  return progress;
}

const again = 0;
const final = undefined;

test.each([
  ['nobody serves: soon again', [nobody], false, 5_000, 5],
  ['nobody serves, again: a little later', [nobody, nobody], false, 5_000, 15],
  ['nobody serves a third time: final', [nobody, nobody, nobody], false, 5_000, final],
  ['nobody serves and no time to wait: final', [nobody], false, 4, final],
  ['silence, repeatable: at once', [timedOut], true, 5_000, again],
  ['silence, not repeatable: final', [timedOut], false, 5_000, final],
  ['silence, repeatable, 100 ms left: at once', [timedOut], true, 100, again],
  ['silence, repeatable, less left than helps: final', [timedOut], true, 99, final],
  ['nobody serves after silence: soon again', [timedOut, nobody], true, 5_000, 5],
  ['the connection died: final', [lost], true, 5_000, final],
  ['not sent: final', [notSent], true, 5_000, final],
  ['answered with an error: final', [refused('service_unavailable')], true, 5_000, final],
])('%s', (_, outcomes, repeatable, remainingMs, expected) => {
  const latest = outcomes.at(-1) as Failure;
  expect(repeatAfterMs(latest, after(outcomes, 'write', repeatable), remainingMs)).toBe(expected);
});

test.each<['read' | 'write', string, Failure[], ErrorCode]>([
  ['read', 'nobody serves', [nobody], 'service_unavailable'],
  ['read', 'silence', [timedOut], 'service_unavailable'],
  ['read', 'connection died', [lost], 'service_unavailable'],
  ['read', 'not sent', [notSent], 'service_unavailable'],
  ['read', 'silence, then overloaded', [timedOut, refused('overloaded')], 'overloaded'],
  ['write', 'nobody serves', [nobody], 'service_unavailable'],
  ['write', 'not sent', [notSent], 'service_unavailable'],
  ['write', 'silence', [timedOut], 'outcome_unknown'],
  ['write', 'connection died', [lost], 'outcome_unknown'],
  ['write', 'silence, then nobody', [timedOut, nobody, nobody, nobody], 'outcome_unknown'],
  ['write', 'silence, then an open breaker', [timedOut, notSent], 'outcome_unknown'],
  [
    'write',
    'silence, then service_unavailable',
    [timedOut, refused('service_unavailable')],
    'outcome_unknown',
  ],
  ['write', 'silence, then overloaded', [timedOut, refused('overloaded')], 'outcome_unknown'],
  ['write', 'silence, then internal', [timedOut, refused('internal')], 'outcome_unknown'],
  ['write', 'silence, then a refusal', [timedOut, refused('user_not_found')], 'user_not_found'],
  ['write', 'a refusal', [refused('username_taken')], 'username_taken'],
  ['write', 'nobody, then overloaded', [nobody, refused('overloaded')], 'overloaded'],
])('a %s: %s', (effect, _, outcomes, code) => {
  expect(failureOf(outcomes.at(-1) as Failure, after(outcomes, effect)).code).toBe(code);
});

test('service_unavailable says when to come back and why', () => {
  expect(failureOf(notSent, after([notSent], 'read'))).toMatchObject({ retryAfter: 4, cause });
  expect(failureOf(nobody, after([nobody], 'read'))).toMatchObject({ retryAfter: 1, cause });
});
