import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeConversations } from './_conversations/describe-conversations.ts';
import { Natter } from './_natter.ts';

describe('through two gateways and two messaging processes', () => {
  let natter: Natter;

  beforeAll(async () => {
    natter = await Natter.create();
    await natter.start('--replicas', 'gateway=2,messaging=2');
  });
  afterAll(() => natter.remove());

  describeConversations(() => natter);

  it('nothing of all this is found wrong by the operator’s check', async () => {
    const { code, output } = await natter.operate('check');
    expect([code, output]).toEqual([0, expect.stringMatching(/nothing is wrong/)]);
  });
});
