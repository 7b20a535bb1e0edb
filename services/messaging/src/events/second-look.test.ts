import { expect, it } from '@jest/globals';
import { sent } from '../../tests/_entries.ts';
import type { Entry } from '../domain/entry.ts';
import { SecondLook } from './second-look.ts';

const { signal } = new AbortController();

const minute = 60_000;

/** When all begins. */
const start = Date.parse('2026-01-01T00:00:00Z');

/** So many entries, one made in each millisecond from a time on. */
const entriesFrom = (time: number, count: number): Entry[] =>
  Array.from({ length: count }, (_, n) => {
    const digits = (time + n).toString(16).padStart(12, '0');
    return { ...sent('c', n + 2), id: `${digits.slice(0, 8)}-${digits.slice(8)}-7abc-8000-000000000000` };
  });

function createLook() {
  const log: Entry[] = [];
  const handled: string[] = [];
  const state = { now: start, fails: false, reached: undefined as string | undefined };
  const look = new SecondLook({
    entries: {
      readBetween: async (after, before, limit) =>
        log.filter(({ id }) => id > after && id < before).slice(0, limit),
      reached: async () => state.reached,
      advance: async (id) => {
        if (id > (state.reached ?? '')) state.reached = id;
      },
    },
    handlers: [
      async (entries) => {
        if (state.fails) throw new Error('not now');
        handled.push(...entries.map(({ id }) => id));
      },
    ],
    now: () => new Date(state.now),
  });
  return { log, handled, state, look: () => look.look(signal) };
}

it('looks at every entry once, a minute after it was made, and begins with those of the last minute', async () => {
  const { log, handled, state, look } = createLook();
  const entries = entriesFrom(start - minute, (2 * minute) / 100);
  log.push(...entriesFrom(start - 2 * minute, 10), ...entries);
  await look();
  expect(handled).toEqual([]);
  for (; state.now <= start + 2 * minute; state.now += 5_000) await look();
  expect(handled).toEqual(entries.map(({ id }) => id));
});

it('looks at none that may still be on its way', async () => {
  const { log, handled, state, look } = createLook();
  await look();
  log.push(...entriesFrom(start + minute, 1));
  for (; state.now <= start + 2 * minute; state.now += 5_000) await look();
  expect(handled).toEqual([]);
  state.now += 1;
  await look();
  expect(handled).toHaveLength(1);
});

it('looks again at what could not be handled', async () => {
  const { log, handled, state, look } = createLook();
  await look();
  log.push(...entriesFrom(start, 450));
  Object.assign(state, { now: start + 2 * minute, fails: true });
  await expect(look()).rejects.toThrow('not now');
  state.fails = false;
  await look();
  expect(handled).toHaveLength(450);
});
