import { expect, test } from '@jest/globals';
import { Instances } from './instances.ts';

const keys = Array.from({ length: 300 }, (_, index) => `conversation ${index}`);

/** Instances under a clock that stands where it is set, in milliseconds. */
function known(...names: string[]) {
  const clock = { now: 0 };
  const instances = new Instances(() => clock.now);
  for (const name of names) instances.heard(name);
  return { clock, instances, choices: () => keys.map((key) => instances.choose(key)) };
}

test('where nobody has been heard of, nobody is chosen', () => {
  expect(known().instances.choose('a')).toBeUndefined();
});

test('whoever knows the same instances chooses the same, in whatever order they were heard of', () => {
  expect(known('a', 'b', 'c').choices()).toEqual(known('c', 'a', 'b').choices());
});

test('each instance gets its share', () => {
  const choices = known('a', 'b', 'c').choices();
  for (const name of ['a', 'b', 'c']) {
    expect(choices.filter((choice) => choice === name).length).toBeGreaterThan(keys.length / 5);
  }
});

test('when an instance goes, only what it had goes elsewhere; and back when it is heard of again', () => {
  const { instances, choices } = known('a', 'b', 'c');
  const before = choices();
  instances.forget('b');
  const without = choices();
  expect(without).not.toContain('b');
  expect(without.filter((choice, index) => choice !== before[index] && before[index] !== 'b')).toEqual([]);
  instances.heard('b');
  expect(choices()).toEqual(before);
});

test('an instance that is silent is not counted on', () => {
  const { clock, instances, choices } = known('a', 'b');
  clock.now = 3_000;
  expect(new Set(choices())).toEqual(new Set(['a', 'b']));
  instances.heard('a');
  clock.now = 4_000;
  expect(new Set(choices())).toEqual(new Set(['a']));
  clock.now = 7_000;
  expect(new Set(choices())).toEqual(new Set([undefined]));
});
