import { expect, it } from '@jest/globals';
import { simulate } from './_simulate.ts';

it('the conversation log keeps every invariant with the seeds 5,001 to 10,000', async () => {
  expect(await simulate('--seeds', '5001-10000')).toBe('5000 seeds: every invariant held');
}, 300_000);
