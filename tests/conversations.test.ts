import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeAccountDeletion } from './_conversations/account-deletion.ts';
import { describeBadInput } from './_conversations/bad-input.ts';
import { describeBlocks } from './_conversations/blocks.ts';
import { describeDirectConversations } from './_conversations/direct-conversations.ts';
import { describeGroups } from './_conversations/groups.ts';
import { peopleOf } from './_conversations/people.ts';
import { describeReading } from './_conversations/reading.ts';
import { describeSearch } from './_conversations/search.ts';
import { Natter } from './_natter.ts';

/** All on one stack, since a start takes long; every test has people of its own. */
describe('through two gateways and two messaging processes', () => {
  let natter: Natter;

  beforeAll(async () => {
    natter = await Natter.create();
    await natter.start('--replicas', 'gateway=2,messaging=2');
  });
  afterAll(() => natter.remove());

  const register = peopleOf(() => natter);

  describeDirectConversations(register);
  describeGroups(register);
  describeReading(register);
  describeSearch(register);
  describeBlocks(register);
  describeAccountDeletion(register);
  describeBadInput(register);

  it('nothing of all this is found wrong by the operator’s check', async () => {
    const { code, output } = await natter.operate('check');
    expect([code, output]).toEqual([0, expect.stringMatching(/nothing is wrong/)]);
  });
});
