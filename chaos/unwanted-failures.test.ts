import { expect, it } from '@jest/globals';
import { unwantedFailures } from './unwanted-failures.ts';

const failures = new Map([
  ['503 service_unavailable', 1],
  ['504 outcome_unknown', 2],
  ['no answer ECONNRESET', 3],
  ['no answer malformed', 4],
  ['500 internal', 5],
  ['404 conversation_not_found', 6],
]);

it('are those that no fault excuses', () => {
  expect(unwantedFailures({ failures }, { noticeable: true })).toEqual([
    '4 × no answer malformed',
    '5 × 500 internal',
    '6 × 404 conversation_not_found',
  ]);
});

it('are all where nobody should notice', () => {
  expect(unwantedFailures({ failures }, { noticeable: false })).toHaveLength(failures.size);
});
