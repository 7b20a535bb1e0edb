import { expect, test } from '@jest/globals';
import { Slots } from './slots.ts';

test('each thing has a number until it is over, and there are never more numbers than things at once', () => {
  const slots = new Slots<string>();
  const [a, b] = [slots.add('a'), slots.add('b')];
  expect([slots.at(a), slots.at(b), slots.size]).toEqual(['a', 'b', 2]);
  slots.remove(a);
  expect([slots.at(a), slots.at(b), slots.size]).toEqual([undefined, 'b', 1]);
  expect(slots.add('c')).toBe(a);
  expect(slots.entries()).toEqual([
    [a, 'c'],
    [b, 'b'],
  ]);
});

test('what is over is over once', () => {
  const slots = new Slots<string>();
  const a = slots.add('a');
  slots.remove(a);
  slots.remove(a);
  slots.remove(7);
  expect([slots.add('b'), slots.add('c')]).toEqual([0, 1]);
  expect(slots.size).toBe(2);
});
