import { beforeEach, describe, expect, it } from '@jest/globals';
import { Deadline, type KeyValue } from '@natter/bus';
import { type ErrorCode, NatterError } from '@natter/contracts';
import { createPasswordGuard, type GuardPassword } from './password-guard.ts';

const deadline = Deadline.in(60_000);

const from = (address: string) => ({ requestId: 'r', deadline, address });

/** A bucket in memory, in which no two changes meet, and by when it was asked to answer. */
function memoryKeyValue<T>(): KeyValue<T> & { values: Map<string, T>; deadlines: Set<Deadline> } {
  const values = new Map<string, T>();
  const deadlines = new Set<Deadline>();
  return {
    values,
    deadlines,
    get: async (key, by) => {
      deadlines.add(by);
      return values.get(key);
    },
    update: async (key, change, by) => {
      deadlines.add(by);
      const changed = change(values.get(key));
      values.set(key, changed);
      return changed;
    },
  };
}

const home = '192.0.2.1';
const elsewhere = '198.51.100.7';

const failing = (code: ErrorCode) => async () => {
  throw new NatterError(code);
};

const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'in',
    ({ code, retryAfter }: NatterError) => (code === 'rate_limited' ? `wait ${retryAfter}` : code),
  );

const isWrong = (times: number) => Array.from({ length: times }, () => 'invalid_credentials');

describe('guarded passwords', () => {
  let now: number;
  let refused: string[];
  let guard: GuardPassword;
  let attempts: ReturnType<typeof memoryKeyValue<{ count: number; last: number }>>;
  let addresses: ReturnType<typeof memoryKeyValue<{ wholeAt: number }>>;
  let devices: ReturnType<typeof memoryKeyValue<Record<string, never>>>;

  beforeEach(() => {
    now = Date.UTC(2026, 10, 25);
    refused = [];
    [attempts, addresses, devices] = [memoryKeyValue(), memoryKeyValue(), memoryKeyValue()];
    guard = createPasswordGuard({
      policy: { free: 3, firstSeconds: 1, mostSeconds: 60, perAddress: { burst: 20, perSecond: 0.1 } },
      attempts,
      addresses,
      devices,
      onRefused: (policy, { username }) => refused.push(`${policy} ${username}`),
      logger: { warn: () => undefined },
      now: () => now,
    });
  });

  const right = (username: string, address: string) =>
    guard({ username, context: from(address) }, async () => 'in');

  const wrong = (username: string, address = elsewhere) =>
    outcome(guard({ username, context: from(address) }, failing('invalid_credentials')));

  const refusedWith = (code: ErrorCode) =>
    outcome(guard({ username: 'alice', context: from(elsewhere) }, failing(code)));

  const inSession = (sessionId: string, check: () => Promise<unknown>) =>
    outcome(guard({ username: 'alice', context: from(elsewhere), sessionId }, check));

  async function wrongTimes(times: number, username: string, address?: string): Promise<string[]> {
    const found = [];
    for (let tried = 0; tried < times; tried += 1) found.push(await wrong(username, address));
    return found;
  }

  it('may be wrong as often as the policy says, and then each waits twice as long', async () => {
    expect(await wrongTimes(4, 'alice')).toEqual([...isWrong(3), 'wait 1']);
    now += 1_000;
    expect(await wrongTimes(2, 'alice')).toEqual(['invalid_credentials', 'wait 2']);
    now += 1_999;
    expect(await wrong('alice')).toBe('wait 1');
    now += 1;
    expect(await wrongTimes(2, 'alice')).toEqual(['invalid_credentials', 'wait 4']);
    expect(refused).toEqual(Array(4).fill('password alice'));
  });

  it('wait for all addresses alike, however the name is written, and for no other name', async () => {
    await wrongTimes(3, 'alice');
    expect(await wrong('ALICE', home)).toBe('wait 1');
    expect(await wrong('bob', home)).toBe('invalid_credentials');
  });

  it('wait also when they are right, or waiting would be no hindrance', async () => {
    await wrongTimes(3, 'alice');
    expect(await outcome(right('alice', elsewhere))).toBe('wait 1');
  });

  it('are counted before they are looked at: many at once are no more than one by one', async () => {
    let checked = 0;
    const slow = async () => {
      checked += 1;
      await Promise.resolve();
      throw new NatterError('invalid_credentials');
    };
    const all = Array.from({ length: 8 }, () =>
      outcome(guard({ username: 'alice', context: from(elsewhere) }, slow)),
    );
    expect(new Set(await Promise.all(all))).toEqual(new Set(['invalid_credentials', 'wait 1']));
    expect(checked).toBe(3);
  });

  it('are looked at only a few at once, and one more is overloaded and counts for nothing', async () => {
    const { promise: held, resolve: release } = Promise.withResolvers<string>();
    const all = Array.from({ length: 9 }, (_, index) =>
      outcome(guard({ username: `u${index}`, context: from(home) }, () => held)),
    );
    expect(await all[8]).toBe('overloaded');
    release('in');
    expect(new Set(await Promise.all(all.slice(0, 8)))).toEqual(new Set(['in']));
    expect(attempts.values.size).toBe(8);
  });

  it('begin anew after a right one', async () => {
    await wrongTimes(2, 'alice');
    expect(await right('alice', elsewhere)).toBe('in');
    expect(await wrongTimes(3, 'alice', home)).toEqual(isWrong(3));
  });

  it('of strangers do not lock out whoever has been in from the same address', async () => {
    await right('alice', home);
    await wrongTimes(10, 'alice', elsewhere);
    expect(await wrong('alice', elsewhere)).toBe('wait 1');
    expect(await outcome(right('alice', home))).toBe('in');
    expect(await wrong('alice', elsewhere)).toBe('wait 1');
  });

  it('of a known device are counted too, by themselves', async () => {
    await right('alice', home);
    expect(await wrongTimes(4, 'alice', home)).toEqual([...isWrong(3), 'wait 1']);
    expect(await wrong('alice', elsewhere)).toBe('invalid_credentials');
  });

  it('of many names from one address are too many some time, but not for who has been in from there', async () => {
    await right('alice', home);
    for (let name = 0; name < 20; name += 1)
      expect(await wrong(`u${name}`, home)).toBe('invalid_credentials');
    expect(await wrong('another', home)).toBe('wait 10');
    expect(refused).toEqual(['password-address another']);
    expect(await outcome(right('alice', home))).toBe('in');
    expect(await wrong('another', elsewhere)).toBe('invalid_credentials');
    now += 10_000;
    expect(await wrongTimes(2, 'another', home)).toEqual(['invalid_credentials', 'wait 10']);
  });

  it.each<ErrorCode>(['overloaded', 'second_factor_required'])('are not what ends with %s', async (code) => {
    for (let tried = 0; tried < 30; tried += 1) expect(await refusedWith(code)).toBe(code);
    expect(await wrongTimes(3, 'alice')).toEqual(isWrong(3));
  });

  it.each<ErrorCode>(['wrong_password', 'wrong_code'])('are what ends with %s, too', async (code) => {
    for (let tried = 0; tried < 3; tried += 1) await refusedWith(code);
    expect(await refusedWith(code)).toBe('wait 1');
  });

  it('of strangers do not lock out whoever is logged in, wherever they are now', async () => {
    await wrongTimes(3, 'alice');
    for (let name = 0; name < 17; name += 1) await wrong(`u${name}`);
    expect([await wrong('alice', home), await wrong('another')]).toEqual(['wait 1', 'wait 10']);
    expect(await inSession('s', async () => 'in')).toBe('in');
    for (let tried = 0; tried < 3; tried += 1) await inSession('t', failing('wrong_password'));
    expect(await inSession('t', failing('wrong_password'))).toBe('wait 1');
    expect(await inSession('s', failing('wrong_password'))).toBe('wrong_password');
  });

  it('are looked at by nobody while what is counted can’t be had', async () => {
    attempts.update = async () => {
      throw new NatterError('service_unavailable');
    };
    expect(await outcome(right('alice', home))).toBe('service_unavailable');
  });

  it('are counted by when the request must be answered, whatever becomes of them', async () => {
    await right('alice', elsewhere);
    await wrong('alice');
    await refusedWith('overloaded');
    for (const { deadlines } of [attempts, addresses, devices]) expect([...deadlines]).toEqual([deadline]);
  });

  it('leave neither names nor addresses behind', async () => {
    await right('alice', home);
    await wrong('bob', home);
    expect([...attempts.values.keys()].join()).not.toMatch(/alice|bob|192/);
    for (const key of attempts.values.keys()) expect(key).toMatch(/^[\w-]{43}$/);
  });
});
