import { beforeEach, expect, test } from '@jest/globals';
import { Deadline } from '@natter/bus';
import { type LimitedLogins, mostLimitedLogins, reportLimitedLogins } from '@natter/contracts';
import { LimitedLoginsReport } from './limited-logins-report.ts';

let reported: LimitedLogins[][];
let away: boolean;
let warnings: string[];
let report: LimitedLoginsReport;

beforeEach(() => {
  [reported, away, warnings] = [[], false, []];
  const call = async (_operation: unknown, request: unknown) => {
    if (away) throw new Error('away');
    reported.push(reportLimitedLogins.request.parse(request).logins);
    return {} as never;
  };
  const logger = { warn: (_: unknown, message: string) => void warnings.push(message) } as never;
  report = new LimitedLoginsReport({ call }, logger);
});

const home = '192.0.2.1';
let requests = 0;

function refuse(limit: 'password' | 'password-address', username: string, address = home): void {
  requests += 1;
  report.note(limit, { username, context: { requestId: `r${requests}`, deadline: Deadline.in(0), address } });
}

test('however many are refused for an account or an address, it is told once, with the number', async () => {
  requests = 0;
  for (const name of ['alice', 'ALICE', 'bob', 'alice']) refuse('password', name);
  for (const name of ['carol', 'dan']) refuse('password-address', name);
  await report.report();
  await report.report();
  expect(reported).toEqual([
    [
      { limit: 'account', username: 'alice', address: home, requestId: 'r1', count: 3 },
      { limit: 'account', username: 'bob', address: home, requestId: 'r3', count: 1 },
      { limit: 'address', address: home, requestId: 'r5', count: 2 },
    ],
  ]);
});

test('addresses are told as they are counted, by which one network is one, and what is none is not repeated', async () => {
  for (const address of ['2001:db8::1', '2001:db8::2', 'secret']) refuse('password', 'alice', address);
  await report.report();
  expect(reported[0]?.map(({ address, count }) => [address, count])).toEqual([
    ['2001:db8:0:0::/64', 2],
    ['unknown', 1],
  ]);
});

test('what can be nobody’s username is not told', async () => {
  refuse('password', 'my secret password');
  await report.report();
  expect(reported).toMatchObject([[{ limit: 'account', count: 1 }]]);
  expect(JSON.stringify(reported)).not.toContain('secret');
});

test('of a flood from everywhere some are told apart, and the rest as a number', async () => {
  for (let n = 0; n < mostLimitedLogins + 10; n += 1) refuse('password', `u${n}`);
  away = true;
  await expect(report.report()).rejects.toThrow('away');
  away = false;
  refuse('password', 'another');
  await report.report();
  const [logins] = reported;
  expect(logins).toHaveLength(mostLimitedLogins + 1);
  expect(logins?.filter(({ limit }) => limit === 'others')).toEqual([{ limit: 'others', count: 11 }]);
});

test('what could not be told is told the next time, with what came meanwhile', async () => {
  refuse('password', 'alice');
  away = true;
  await expect(report.report()).rejects.toThrow('away');
  refuse('password', 'alice');
  away = false;
  await report.report();
  expect(reported).toMatchObject([[{ username: 'alice', count: 2 }]]);
});

test('a gateway that stops tells what is left, or says that it could not', async () => {
  refuse('password', 'alice');
  await report.stop();
  expect([reported.length, warnings]).toEqual([1, []]);
  refuse('password', 'alice');
  away = true;
  await report.stop();
  expect([reported.length, warnings]).toEqual([1, ['refused log-ins stay unrecorded']]);
});
