import { expect, test } from '@jest/globals';
import { BusyLoop } from './busy-loop.ts';

function setUp() {
  const times = { active: 0, idle: 0 };
  const loop = new BusyLoop(() => ({ ...times }));
  return {
    busyAfter: (active: number, idle: number) => {
      times.active += active;
      times.idle += idle;
      return loop.busy;
    },
  };
}

test('an event loop is busy when it was for a whole second, and until it was not for one', () => {
  const { busyAfter } = setUp();
  expect(busyAfter(999, 0)).toBe(false);
  expect(busyAfter(1, 0)).toBe(true);
  expect(busyAfter(0, 999)).toBe(true);
  expect(busyAfter(0, 1)).toBe(false);
});

test('one that has a little time to spare is not busy', () => {
  const { busyAfter } = setUp();
  expect(busyAfter(900, 100)).toBe(false);
  expect(busyAfter(960, 40)).toBe(true);
});

test('after a long rest it takes a second to know', () => {
  const { busyAfter } = setUp();
  expect(busyAfter(500, 60_000)).toBe(false);
  expect(busyAfter(1_000, 0)).toBe(true);
});

test('a loop of this process that only waits is not busy', () => {
  expect(new BusyLoop().busy).toBe(false);
});
