import { expect, it } from '@jest/globals';
import type { Entry } from '@natter/contracts';
import { CatchingUp } from './catching-up.ts';
import type { LiveEntry } from './live-events.ts';

const live = (rev: number, characters: number): LiveEntry => ({
  entry: { conversationId: 'g', rev, type: 'message.sent', data: {} } as unknown as Entry,
  json: 'x'.repeat(characters),
});

/** Somebody to whom so many entries, of so many characters each, come while they read what they missed. */
function hold(count: number, characters: number): CatchingUp {
  const catchingUp = new CatchingUp({ kind: 'changes', epoch: 'e', at: 1, revs: {} }, 'alice');
  catchingUp.begin();
  for (let rev = 1; rev <= count; rev += 1) catchingUp.hold(live(rev, characters));
  return catchingUp;
}

const revsOf = (taken: readonly LiveEntry[]) => taken.map(({ entry }) => entry.rev);

it.each([
  [256, 200],
  [16, 4_000],
])('holds %i entries of %i characters, and of more that some are lost', (most, characters) => {
  expect(hold(most, characters).lostSome).toBe(false);
  const catchingUp = hold(most + 50, characters);
  expect(catchingUp.lostSome).toBe(true);
  let held = 0;
  while (catchingUp.holdsSome) held += catchingUp.takeSome().length;
  expect(held).toBe(most);
});

it('gives what it holds in order, in parts that are not too large, and has room again for as much', () => {
  const catchingUp = hold(100, 100);
  expect(revsOf(catchingUp.takeSome())).toEqual(Array.from({ length: 64 }, (_, index) => index + 1));
  catchingUp.hold(live(101, 50_000));
  catchingUp.hold(live(102, 10_000));
  expect(revsOf(catchingUp.takeSome())).toEqual(Array.from({ length: 38 }, (_, index) => index + 65));
  expect([catchingUp.holdsSome, catchingUp.lostSome]).toEqual([false, false]);
  catchingUp.hold(live(103, 65_536));
  expect(catchingUp.lostSome).toBe(false);
});
