import { expect, test } from '@jest/globals';
import { waitFor } from './wait-for.ts';

test('waits until the condition holds', async () => {
  let asked = 0;
  await waitFor(async () => ++asked === 3, { timeoutMs: 1_000, what: 'the third time' });
  expect(asked).toBe(3);
});

test('says what was waited for in vain', async () => {
  const never = waitFor(() => false, { timeoutMs: 50, what: 'a miracle' });
  await expect(never).rejects.toThrow('Waited 50 ms in vain for a miracle');
});
