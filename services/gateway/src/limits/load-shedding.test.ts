import { expect, test } from '@jest/globals';
import { LoadShedding } from './load-shedding.ts';

function setUp() {
  const loop = { busy: false };
  return { loop, shedding: new LoadShedding({ most: 4, mostBusy: 2, mostPerAddress: 3 }, loop) };
}

test('as many requests are taken as there is room for, and when one is answered one more', () => {
  const { shedding } = setUp();
  const answered = shedding.take('a');
  for (const address of ['b', 'c', 'd']) shedding.take(address);
  expect(shedding.refusal('e')).toBe('in-flight');
  answered();
  expect(shedding.refusal('e')).toBeUndefined();
});

test('a busy process takes fewer, but never none', () => {
  const { shedding, loop } = setUp();
  loop.busy = true;
  expect(shedding.refusal('a')).toBeUndefined();
  shedding.take('a');
  shedding.take('b');
  expect(shedding.refusal('c')).toBe('busy');
  loop.busy = false;
  expect(shedding.refusal('c')).toBeUndefined();
});

test('one address can’t have all the room', () => {
  const { shedding } = setUp();
  const answered = [shedding.take('a'), shedding.take('a'), shedding.take('a')];
  expect(shedding.refusal('a')).toBe('address');
  expect(shedding.refusal('b')).toBeUndefined();
  answered[0]?.();
  expect(shedding.refusal('a')).toBeUndefined();
});
