import { expect, test } from '@jest/globals';
import { describeExit, wasKilled } from './describe-exit.ts';

test.each([
  ['SIGKILL', null, 'was killed by a signal (SIGKILL)', true],
  ['SIGTERM', null, 'was killed by a signal (SIGTERM)', true],
  ['SIGSEGV', null, 'was ended by SIGSEGV', false],
  [null, 3, 'ended with exit code 3', false],
  [null, null, 'could not be started', false],
] as const)('an end by %s with code %s', (signal, code, described, killed) => {
  expect(describeExit({ signal, code, at: '' })).toBe(described);
  expect(wasKilled({ signal })).toBe(killed);
});
